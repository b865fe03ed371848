import type { PlainObject } from '../../model/codec/plainObject.js'
import { quoteText, quoteValue } from '../../model/fault/quote.js'
import { readInput } from './inputs.js'
import type { MarkerScope } from './markerScope.js'
import { itemKeysOf, resolveReference } from './resolveReference.js'
import type { ResultPath } from './resultPath.js'
import { noItem, readTemplate, type ItemPath, type TemplatePart } from './template.js'

/** An object in parameters that stands for something else, such as `{"$ref": "build.path"}`. */
export type Marker =
  | { readonly type: 'refer'; readonly pointer: ResultPath; readonly otherwise: { readonly value: unknown } | undefined }
  | { readonly type: 'template'; readonly parts: readonly TemplatePart[] }
  /** A variable of the environment; with a value, an input of the run. */
  | { readonly type: 'secret'; readonly name: string; readonly value?: string }
  | { readonly type: 'literal'; readonly value: unknown }
  | ItemPath
  | { readonly type: 'malformed'; readonly reason: string }

const markerKeys = ['$ref', '$template', '$secret', '$input', '$item', '$literal'] as const

export type MarkerKey = (typeof markerKeys)[number]

export function isMarkerKey(key: string): key is MarkerKey {
  return key.startsWith('$') && (markerKeys as readonly string[]).includes(key)
}

/** The key that makes an object a marker; undefined when it is an object like any other. */
export function markerKeyOf(value: PlainObject): MarkerKey | undefined {
  return markerKeys.find((key) => Object.hasOwn(value, key))
}

export function readMarker(value: PlainObject, key: MarkerKey, scope: MarkerScope): Marker {
  const other = Object.keys(value).find((name) => name !== key && !(key === '$ref' && name === 'default'))
  if (other !== undefined) return malformed(`${quoteText(other)} cannot stand beside ${quoteText(key)}.\n${asItIs}`)
  const written = value[key]
  switch (key) {
    case '$ref':
      return readReference(written, Object.hasOwn(value, 'default') ? { value: value['default'] } : undefined, scope)
    case '$template': {
      if (typeof written !== 'string') return malformed(`a template is text such as "{{build.version}}", not ${quoteValue(written)}.`)
      const parts = readTemplate(written, scope)
      return typeof parts === 'string' ? malformed(parts) : { type: 'template', parts }
    }
    case '$secret':
      return typeof written === 'string' && written !== ''
        ? { type: 'secret', name: written }
        : malformed(`a secret is the name of an environment variable, not ${quoteValue(written)}.`)
    case '$input':
      return typeof written === 'string'
        ? readInput(written, scope.inputs)
        : malformed(`an input is given by its name, such as {"$input": "target"}, not by ${quoteValue(written)}.\n${asItIs}`)
    case '$item':
      return readItem(written, scope)
    case '$literal':
      return { type: 'literal', value: written }
  }
}

/** Reads what stands in `$ref`, as text or as a list. */
export function readReference(
  written: unknown,
  otherwise: { readonly value: unknown } | undefined,
  { names }: Pick<MarkerScope, 'names'>,
): Extract<Marker, { readonly type: 'refer' | 'malformed' }> {
  if (typeof written === 'string') {
    const resolved = resolveReference(written, names)
    switch (resolved.type) {
      case 'path':
        return { type: 'refer', pointer: resolved.path, otherwise }
      case 'unknown': {
        const special = /^\$(item|input)$/.exec(resolved.path.id)?.[0]
        return special === undefined
          ? { type: 'refer', pointer: resolved.path, otherwise }
          : malformed(`${quoteText(special)} is not the id of an operation.\nWrite {"${special}": "${resolved.path.keys.join('.')}"}.`)
      }
      case 'ambiguous':
      case 'malformed':
        return malformed(resolved.reason)
    }
  }
  if (Array.isArray(written)) {
    const [id, ...keys] = written as readonly unknown[]
    if (typeof id === 'string' && keys.every(isKey))
      return { type: 'refer', pointer: { id, keys, text: [id, ...keys].join('.') }, otherwise }
  }
  return malformed(
    `a reference is text such as "build.path", or a list such as ["build", "files", 0], not ${quoteValue(written)}.\n${asItIs}`,
  )
}

function readItem(written: unknown, { items }: MarkerScope): Marker {
  if (!items) return malformed(noItem)
  const keys =
    typeof written === 'string'
      ? itemKeysOf(written)
      : Array.isArray(written) && written.every(isKey)
        ? (written as readonly (string | number)[])
        : undefined
  return keys === undefined
    ? malformed(
        `a value of an item is given by its keys, such as "path", "" for the whole item or ["odd.key"], not by ${quoteValue(written)}.\n${asItIs}`,
      )
    : { type: 'item', keys, text: ['$item', ...keys].join('.') }
}

const asItIs = 'To pass the object unchanged, wrap it: {"$literal": …}.'

function isKey(key: unknown): key is string | number {
  return typeof key === 'string' || (Number.isSafeInteger(key) && (key as number) >= 0)
}

function malformed(reason: string): Extract<Marker, { readonly type: 'malformed' }> {
  return { type: 'malformed', reason }
}
