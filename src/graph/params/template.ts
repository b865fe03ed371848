import { itemKeysOf, resolveReference } from './resolveReference.js'
import { readInput } from './inputs.js'
import type { MarkerScope } from './markerScope.js'
import type { ResultPath } from './resultPath.js'

/** What stands for the item of an operation with `each`: the way from it to a value. */
export interface ItemPath {
  readonly type: 'item'
  readonly keys: ResultPath['keys']
  /** `$item.path`: as a template has it, for people. */
  readonly text: string
}

/** A secret that the run was given as an input, with its name. */
export interface GivenSecret {
  readonly type: 'secret'
  readonly name: string
  readonly value: string
}

/** A template taken apart: what stays as it is, and what a result, the item or a secret input stands for. */
export type TemplatePart = string | ResultPath | ItemPath | GivenSecret

/** Whether a part is the way to the result of an operation. */
export function isResultPath(part: TemplatePart): part is ResultPath {
  return typeof part !== 'string' && 'id' in part
}

/** Reads `{{a.version}} of {{b.name}}`; text says what is wrong with it. */
export function readTemplate(template: string, scope: MarkerScope): readonly TemplatePart[] | string {
  const parts: TemplatePart[] = []
  // What is written twice means the same twice.
  let known: Map<string, TemplatePart> | undefined
  let from = 0
  for (let open = template.indexOf('{{'); open >= 0; open = template.indexOf('{{', from)) {
    const close = template.indexOf('}}', open)
    if (close < 0) return 'a "{{" is not closed.\nWrite {{id.key}}, or give plain text without "$template".'
    const written = template.slice(open + 2, close).trim()
    let part = known?.get(written)
    if (part === undefined) {
      const read = readPart(written, scope)
      if (read.type === 'malformed') return read.reason
      part = read.part
      known = (known ?? new Map<string, TemplatePart>()).set(written, part)
    }
    if (open > from) parts.push(template.slice(from, open))
    parts.push(part)
    from = close + 2
  }
  if (from < template.length) parts.push(template.slice(from))
  return parts
}

type ReadPart = { readonly type: 'part'; readonly part: TemplatePart } | { readonly type: 'malformed'; readonly reason: string }

function readPart(written: string, scope: MarkerScope): ReadPart {
  const special = /^\$(item|input)(?=[.[]|$)(.*)$/s.exec(written)
  if (special?.[1] === 'item') return readItemPart(written, special[2]!, scope)
  if (special?.[1] === 'input') {
    const read = readInput(special[2]!.replace(/^\./, ''), scope.inputs)
    switch (read.type) {
      case 'malformed':
        return read
      case 'literal':
        return { type: 'part', part: templateText(read.value) }
      case 'secret':
        return { type: 'part', part: read }
    }
  }
  const resolved = resolveReference(written, scope.names)
  switch (resolved.type) {
    case 'path':
    case 'unknown':
      return { type: 'part', part: resolved.path }
    case 'ambiguous':
      return { type: 'malformed', reason: `${resolved.reason} A template has no list form: give one of the operations another id.` }
    case 'malformed':
      return {
        type: 'malformed',
        reason: 'expected an id and keys separated by "." between "{{" and "}}", such as {{build.path}}.',
      }
  }
}

function readItemPart(written: string, rest: string, { items }: MarkerScope): ReadPart {
  const keys = itemKeysOf(rest)
  if (!items) return { type: 'malformed', reason: noItem }
  return keys === undefined
    ? { type: 'malformed', reason: 'expected keys separated by "." after "$item", such as {{$item.path}}.' }
    : { type: 'part', part: { type: 'item', keys, text: written } }
}

/** What is wrong with an item where there is none. */
export const noItem = '"$item" needs "each", which this operation does not have.\nAdd "each", or keep it as data: {"$literal": …}.'

/** A value as a template writes it: text as it is, everything else as JSON. */
export function templateText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The template that parts were read from, but for space within its braces and what inputs stood for. */
export function writtenTemplate(parts: readonly TemplatePart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : `{{${'text' in part ? part.text : `$input.${part.name}`}}}`)).join('')
}
