import type { PlainObject } from '../../model/codec/plainObject.js'
import { quoteText, quoteValue } from '../../model/fault/quote.js'
import { resultPathFrom, type ResultPath } from './resultPath.js'
import { readTemplate, type TemplatePart } from './template.js'

/** An object in parameters that stands for something else, such as `{"$ref": "build.path"}`. */
export type Marker =
  | { readonly type: 'refer'; readonly pointer: ResultPath; readonly otherwise: { readonly value: unknown } | undefined }
  | { readonly type: 'template'; readonly parts: readonly TemplatePart[] }
  | { readonly type: 'secret'; readonly name: string }
  | { readonly type: 'literal'; readonly value: unknown }
  | { readonly type: 'malformed'; readonly reason: string }

const markerKeys = ['$ref', '$template', '$secret', '$literal'] as const

export type MarkerKey = (typeof markerKeys)[number]

export function isMarkerKey(key: string): key is MarkerKey {
  return key.startsWith('$') && (markerKeys as readonly string[]).includes(key)
}

/** The key that makes an object a marker; undefined when it is an object like any other. */
export function markerKeyOf(value: PlainObject): MarkerKey | undefined {
  return markerKeys.find((key) => Object.hasOwn(value, key))
}

export function readMarker(value: PlainObject, key: MarkerKey): Marker {
  const other = Object.keys(value).find((name) => name !== key && !(key === '$ref' && name === 'default'))
  if (other !== undefined) return malformed(`${quoteText(other)} has no place beside ${quoteText(key)}.\n${asItIs}`)
  switch (key) {
    case '$ref':
      return readReference(value[key], Object.hasOwn(value, 'default') ? { value: value['default'] } : undefined)
    case '$template': {
      const template = value[key]
      if (typeof template !== 'string') return malformed(`a template is text such as "{{build.version}}", not ${quoteValue(template)}.`)
      const parts = readTemplate(template)
      return typeof parts === 'string' ? malformed(parts) : { type: 'template', parts }
    }
    case '$secret': {
      const name = value[key]
      return typeof name === 'string' && name !== ''
        ? { type: 'secret', name }
        : malformed(`a secret is the name of an environment variable, not ${quoteValue(name)}.`)
    }
    case '$literal':
      return { type: 'literal', value: value[key] }
  }
}

function readReference(written: unknown, otherwise: { readonly value: unknown } | undefined): Marker {
  if (typeof written === 'string') {
    const pointer = resultPathFrom(written)
    return pointer === undefined
      ? malformed(
          `${quoteText(written)} has an empty key.\nWrite an id and keys with one "." between them; an odd key goes in a list: ["id", ""].`,
        )
      : { type: 'refer', pointer, otherwise }
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

const asItIs = 'To pass the object on as it is, wrap it: {"$literal": …}.'

function isKey(key: unknown): key is string | number {
  return typeof key === 'string' || (Number.isSafeInteger(key) && (key as number) >= 0)
}

function malformed(reason: string): Marker {
  return { type: 'malformed', reason }
}
