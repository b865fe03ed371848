import { isPlainObject, own } from '../../../model/codec/plainObject.js'
import { compactJson } from './compactJson.js'

/** What `file.search` found in one line of a file. */
interface SearchMatch {
  readonly path: string
  readonly line: number
  readonly text: string
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Matches as grep writes them: a line for each path, below it `line:text`, and `line-text` for the lines around. */
export function matchesText(values: readonly unknown[]): string {
  const matches = values.map(matchOf)
  const lines: string[] = []
  let path: string | undefined
  let shown = 0
  for (const [place, match] of matches.entries()) {
    if (match.path !== path) {
      lines.push(isPlain(match.path) ? match.path : compactJson(match.path))
      path = match.path
      shown = 0
    }
    const next = matches[place + 1]
    const end = next?.path === path ? next.line : Infinity
    const around = [
      ...match.before.map((text, index) => ({ at: match.line - match.before.length + index, text, mark: '-' })),
      { at: match.line, text: match.text, mark: ':' },
      ...match.after.map((text, index) => ({ at: match.line + 1 + index, text, mark: '-' })),
    ]
    for (const { at, text, mark } of around) {
      // Lines around two matches near each other are the same lines.
      if (at < end && at > shown) lines.push(`${at}${mark}${/[\n\r\u0085\u2028\u2029]/.test(text) ? compactJson(text) : text}`)
      if (at < end) shown = Math.max(shown, at)
    }
  }
  return lines.join('\n')
}

/** A path that would read as a match, or as JSON, stands in quotes. */
function isPlain(path: string): boolean {
  return path !== '' && !/^(?:"|\d+[:-])/.test(path) && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(path)
}

function matchOf(value: unknown): SearchMatch {
  const match = isPlainObject(value) ? value : {}
  const [path, line, text] = [own(match, 'path'), own(match, 'line'), own(match, 'text')]
  return {
    path: typeof path === 'string' ? path : '',
    line: typeof line === 'number' ? line : 0,
    text: typeof text === 'string' ? text : '',
    before: linesOf(own(match, 'before')),
    after: linesOf(own(match, 'after')),
  }
}

function linesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : []
}
