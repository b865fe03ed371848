import type { ToldBody } from '../form/body.js'
import type { AnswerPiece } from './cut.js'

/** More than this many are not named in one call. */
const mostEntries = 100

/** The line with the call that brings what is not shown; undefined when nothing is left. */
export function continuing(batchId: string, entries: readonly string[]): string | undefined {
  if (entries.length === 0) return undefined
  const more = entries.length > mostEntries ? ` and ${entries.length - mostEntries} more` : ''
  return `The rest: batch_status ${JSON.stringify({ batchId, operations: entries.slice(0, mostEntries) })}${more}`
}

/** How to ask for what is left of a body: its path, or the places between and behind the pieces that are told. */
export function restEntry({ path, length }: ToldBody, asked: AnswerPiece, told: readonly AnswerPiece[]): readonly string[] {
  const gaps: AnswerPiece[] = []
  let reached = asked.from
  for (const { from, to } of told) {
    if (from > reached) gaps.push({ from: reached, to: from })
    reached = to
  }
  if (reached < asked.to) gaps.push({ from: reached, to: asked.to })
  return gaps.map(({ from, to }) => {
    if (from === 0 && to === length) return path
    return to === length ? `${path}@${from}` : `${path}@${from}-${to}`
  })
}
