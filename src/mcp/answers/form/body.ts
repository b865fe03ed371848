import { isPlainObject } from '../../../model/codec/plainObject.js'
import { fenced } from './fence.js'
import { areManyPaths, foldersText } from './folders.js'
import { showPath } from './label.js'
import { matchesText } from './matches.js'
import { compactJson } from './compactJson.js'
import { tableKeys, tableText } from './table.js'

/** A value, or a part of one, that stands under a label of its own and can be told in pieces. */
export interface ToldBody {
  /** What asks for it: `op1.content`. */
  readonly path: string
  /** Characters of a text, items of a list. */
  readonly length: number
  /** Label and content of a piece of it. */
  readonly write: (from: number, to: number) => string
  /** Where a piece may end: the text whose lines count, or the items of a list. */
  readonly content: { readonly type: 'text'; readonly text: string } | { readonly type: 'list'; readonly items: readonly unknown[] }
  /** What a program wrote: when it is cut, its end matters more than its beginning. */
  readonly output: boolean
}

/** How a text is labelled, beyond its path. */
export interface TextTraits {
  /** The content of a file, of which the line ends are told. */
  readonly file?: boolean
  readonly output?: boolean
}

/** A text as it is, in a fence. */
export function textBody(path: string, text: string, { file = false, output = false }: TextTraits = {}): ToldBody {
  const name = showPath(path)
  const ends = file ? lineEnds(text) : []
  return {
    path,
    length: text.length,
    content: { type: 'text', text },
    output,
    write(from, to) {
      const whole = from === 0 && to === text.length
      const traits = ends.filter((end) => whole || end === crlf)
      const about = traits.length === 0 ? '' : ` (${traits.join(', ')})`
      return `${name}${about}${whole ? '' : `, ${pieceLabel(from, to, text.length)}`}:\n${fenced(text.slice(from, to))}`
    },
  }
}

const crlf = 'CRLF'

function lineEnds(text: string): readonly string[] {
  if (text === '') return []
  const breaks = text.match(/\r?\n/g) ?? []
  const all = breaks.length > 0 && breaks.every((end) => end === '\r\n')
  return [...(all ? [crlf] : []), ...(text.endsWith('\n') ? [] : ['no newline at the end'])]
}

/** JSON that is told in pieces, since it is too large to be a line. */
export function jsonBody(path: string, value: unknown): ToldBody {
  const text = compactJson(value)
  return {
    path,
    length: text.length,
    content: { type: 'text', text },
    output: false,
    write: (from, to) =>
      from === 0 && to === text.length
        ? `${showPath(path)} ${text}`
        : `${showPath(path)} as JSON, ${pieceLabel(from, to, text.length)}:\n${fenced(text.slice(from, to))}`,
  }
}

function pieceLabel(from: number, to: number, length: number): string {
  if (from === 0) return `the first ${to} of ${length} characters`
  return to === length ? `the last ${to - from}` : `characters ${from} to ${to} of ${length}`
}

/** How a list is laid out when it is not JSON. */
export type ListLayout = (items: readonly unknown[]) => string

/** The layout of a list by what it holds; `found` by what found it. */
export function layoutOf(value: unknown, found: 'matches' | 'paths' | undefined): ListLayout | undefined {
  if (found === 'matches' && Array.isArray(value) && value.length > 0) return matchesText
  if (found === 'paths' && areManyPaths(value)) return (items) => foldersText(items as readonly string[])
  const keys = tableKeys(value)
  return keys === undefined ? undefined : (items) => tableText(keys, items.filter(isPlainObject))
}

/** A list: laid out in a fence, or else as JSON. */
export function listBody(path: string, items: readonly unknown[], layout: ListLayout | undefined): ToldBody {
  return {
    path,
    length: items.length,
    content: { type: 'list', items },
    output: false,
    write(from, to) {
      const part = items.slice(from, to)
      const whole = from === 0 && to === items.length
      if (layout === undefined) return `${showPath(path)}${whole ? '' : ` (${rangeLabel(from, to, items.length)}):`} ${compactJson(part)}`
      return `${showPath(path)} (${whole ? items.length : rangeLabel(from, to, items.length)}):\n${fenced(layout(part))}`
    },
  }
}

function rangeLabel(from: number, to: number, length: number): string {
  return from === 0 ? `the first ${to} of ${length}` : `${from} to ${to} of ${length}`
}
