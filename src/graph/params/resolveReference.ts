import { quoteText } from '../../model/fault/quote.js'
import type { ResultPath } from './resultPath.js'

/** The names that a path may begin with, and whether a value below one may have these keys. */
export interface Names {
  has(name: string): boolean
  fits(name: string, keys: ResultPath['keys']): boolean
}

/** What a path written as text means: one name and its keys, a name that there is not, or more than one thing. */
export type Resolved =
  | { readonly type: 'path'; readonly path: ResultPath }
  | { readonly type: 'unknown'; readonly path: ResultPath }
  | { readonly type: 'ambiguous'; readonly reason: string }
  | { readonly type: 'malformed'; readonly reason: string }

// A name has at most 128 characters, each of which may take two units.
const longestName = 256

/**
 * Reads `build.files[0]`: the longest name of the plan that the text begins with, then keys.
 *
 * Names may have dots in them. Where the text begins with several, those count whose values may have the keys that follow; if that is
 * more than one, the text has no meaning of its own. A name that is not known ends at its first dot or bracket.
 */
export function resolveReference(text: string, names: Names): Resolved {
  const found: ResultPath[] = []
  const ends = cuts(text)
  const keysAt = keysBehind(text, ends.at(-1) ?? text.length)
  for (const end of ends) {
    const id = text.slice(0, end)
    const keys = names.has(id) ? keysAt(end) : undefined
    if (keys !== undefined) found.push({ id, keys, text })
  }
  if (found.length > 1) {
    const fitting = found.filter(({ id, keys }) => names.fits(id, keys))
    if (fitting.length > 1) return { type: 'ambiguous', reason: ambiguity(text, fitting) }
    if (fitting[0] !== undefined) return { type: 'path', path: fitting[0] }
  }
  return found[0] === undefined ? unknown(text) : { type: 'path', path: found[0] }
}

/** Where a name may end, the longest first. */
function cuts(text: string): readonly number[] {
  const ends: number[] = []
  for (let at = 1; at < Math.min(text.length, longestName + 1); at++) if (text[at] === '.' || text[at] === '[') ends.push(at)
  if (text.length <= longestName) ends.push(text.length)
  return ends.reverse()
}

/** The keys behind each end of a name, from one reading: a name may be the beginning of a hundred others. */
function keysBehind(text: string, first: number): (end: number) => ResultPath['keys'] | undefined {
  let read: ReadKeys | undefined
  return (end) => {
    if (end === text.length) return []
    read ??= readKeys(text, first) ?? { keys: [], starts: [] }
    const from = read.starts.indexOf(end)
    // Within a key in quotes, or behind what cannot be read, it is another text.
    return from < 0 ? keysOf(text.slice(end)) : read.keys.slice(from)
  }
}

function unknown(text: string): Resolved {
  const end = text.search(/[.[]/)
  const id = end < 0 ? text : text.slice(0, end)
  const keys = end < 0 ? [] : keysOf(text.slice(end))
  if (id !== '' && keys !== undefined) return { type: 'unknown', path: { id, keys, text } }
  return {
    type: 'malformed',
    reason: `${quoteText(text)} is not a path to a value.\nWrite an id and keys separated by ".", such as "build.files[0]"; other keys go in a list: ["id", "odd.key"].`,
  }
}

/** The keys of `.files[0]["odd.key"]`; undefined when it is not written like that. */
export function keysOf(text: string): ResultPath['keys'] | undefined {
  return readKeys(text, 0)?.keys
}

interface ReadKeys {
  readonly keys: ResultPath['keys']
  /** Where each begins. */
  readonly starts: readonly number[]
}

function readKeys(text: string, from: number): ReadKeys | undefined {
  const key = /\.([^.[\]]+)|\[(\d{1,15})\]|\[("(?:[^"\\]|\\.)*")\]/gsuy
  const keys: (string | number)[] = []
  const starts: number[] = []
  key.lastIndex = from
  while (key.lastIndex < text.length) {
    starts.push(key.lastIndex)
    const [, name, position, quoted] = key.exec(text) ?? []
    if (name !== undefined) keys.push(name)
    else if (position !== undefined) keys.push(Number(position))
    else {
      const odd = quoted === undefined ? undefined : unquoted(quoted)
      if (odd === undefined) return undefined
      keys.push(odd)
    }
  }
  return { keys, starts }
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string // A JSON text that begins with a quote is a string.
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Reads the keys behind `$item`, or those that `{"$item": …}` has as text; undefined when they are not written like keys. */
export function itemKeysOf(text: string): ResultPath['keys'] | undefined {
  return text === '' ? [] : keysOf(/^[.[]/.test(text) ? text : `.${text}`)
}

function ambiguity(text: string, paths: readonly ResultPath[]): string {
  const lists = paths.map(({ id, keys }) => `[${[id, ...keys].map((key) => JSON.stringify(key)).join(', ')}]`)
  return `${quoteText(text)} is ambiguous, because this plan has ${paths.map(({ id }) => quoteText(id)).join(' and ')}.\nWrite it as a list: ${lists.join(' or ')}.`
}
