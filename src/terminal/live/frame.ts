import { clip, clipWords, padded, widthOf } from '../text/width.js'
import { thousands } from '../text/count.js'
import { duration } from '../text/duration.js'
import type { Paint } from '../text/paint.js'
import { visible } from '../text/visible.js'
import type { ShowCommand } from './showCommand.js'
import { headline, type Segment } from './headline.js'
import type { LiveState, RunningOperation } from './liveState.js'

export interface Size {
  readonly columns: number
  readonly rows: number
}

const stoppingHint = 'stopping; Ctrl-C again to stop now'

const mostLines = 12
const mostFailures = 3
/** A message is not cut below this for the sake of a command. */
const leastMessage = 24
/** Less than this of a word that does not fit is not shown. */
const leastWord = 12

/** What the terminal shows at the moment `now`: at most 12 lines, and never as many as the terminal has, none wider than it. */
export function frame(state: LiveState, size: Size, now: number, paint: Paint, show?: ShowCommand): readonly string[] {
  // The last column stays free: some terminals wrap a line that fills it.
  const columns = Math.max(1, size.columns - 1)
  const room = Math.max(0, Math.min(size.rows - 1, mostLines) - 1)
  const stopping: readonly (readonly Segment[])[] = state.stopping && room > 0 ? [[['caution', stoppingHint, 'words']]] : []
  const failures = room < 2 ? [] : failureLines(state, Math.floor((room - stopping.length) / 2), columns, show)
  const lines = [headline(state, columns, now), ...stopping, ...failures]
  lines.push(...runningLines(state, room + 1 - lines.length, columns, now))
  return lines.map((segments) => line(segments, columns, paint))
}

/** The latest failures, each with the command that shows all of it, or, where that leaves too little of a message, with one for the run. */
function failureLines(state: LiveState, most: number, columns: number, show: ShowCommand | undefined): readonly (readonly Segment[])[] {
  const failures = state.failures.slice(-Math.min(mostFailures, most)).map(({ id, message }) => {
    const sign = `✗ ${clip(visible(id), Math.max(8, Math.floor(columns / 2)))}`
    const command = show === undefined ? '' : `  ${visible(show(state.runId, id))}`
    return { sign, message: ` ${message}`, command, left: columns - widthOf(sign) - widthOf(command) }
  })
  if (show === undefined || failures.some(({ message, left }) => left < Math.min(leastMessage, widthOf(message)))) {
    const lines = failures.map(({ sign, message }): readonly Segment[] => [
      ['bad', sign],
      ['plain', message, 'words'],
    ])
    const command = show === undefined ? undefined : `  ${visible(show(state.runId))}`
    const fits = command !== undefined && widthOf(command) <= columns && lines.length < most
    return fits ? [...lines, [['faint', command]]] : lines
  }
  return failures.map(({ sign, message, command, left }) => [
    ['bad', sign],
    ['plain', clipWords(message, left)],
    ['faint', command],
  ])
}

function runningLines(state: LiveState, room: number, columns: number, now: number): readonly (readonly Segment[])[] {
  if (room <= 0) return []
  const { running } = state
  const shown = [...take(running, running.size > room ? room - 1 : room)]
  const nested = underParents(shown)
  const ids = nested.map(({ id, depth }) => '  '.repeat(depth) + clip(visible(id), Math.max(8, Math.floor(columns / 3))))
  const widest = Math.max(0, ...ids.map(widthOf))
  const lines = nested.map(({ operation }, index) => runningLine(padded(ids[index]!, widest), operation, now))
  const hidden = running.size - shown.length
  return hidden > 0 ? [...lines, [['faint', `  and ${thousands(hidden)} more`]]] : lines
}

interface Nested {
  readonly id: string
  readonly operation: RunningOperation
  readonly depth: number
}

/** The parts of an operation behind it, if it is shown itself. */
function underParents(shown: readonly (readonly [id: string, operation: RunningOperation])[]): readonly Nested[] {
  const ids = new Set(shown.map(([id]) => id))
  const partsOf = (parent: string | undefined, depth: number): readonly Nested[] =>
    shown
      .filter(([, operation]) => (operation.parent !== undefined && ids.has(operation.parent) ? operation.parent : undefined) === parent)
      .flatMap(([id, operation]) => [{ id, operation, depth }, ...partsOf(id, depth + 1)])
  return partsOf(undefined, 0)
}

function runningLine(id: string, operation: RunningOperation, now: number): readonly Segment[] {
  if (operation.retryAt !== undefined) {
    const wait = duration(Math.max(0, operation.retryAt - now))
    return [
      ['caution', `↻ ${id}`],
      ['plain', `  attempt ${operation.attempt + 1} in ${wait}`],
      ['faint', `  ${operation.said}`, 'words'],
    ]
  }
  const attempt = operation.attempt > 1 ? `  attempt ${operation.attempt}` : ''
  const fraction = operation.fraction === undefined ? '' : `  ${Math.round(operation.fraction * 100)} %`
  return [
    ['plain', `• ${id}  ${padded(duration(Math.max(0, now - operation.since)), 6)}${attempt}${fraction}`],
    ['faint', operation.said === '' ? '' : `  ${operation.said}`, 'words'],
  ]
}

function line(segments: readonly Segment[], columns: number, paint: Paint): string {
  let left = columns
  let text = ''
  for (const [tone, content, words] of segments) {
    const kept = words ? wordsKept(content, left) : clip(content, left)
    text += paint(tone, kept)
    left -= widthOf(kept)
    if (left <= 0) break
  }
  return text
}

// Of a single word cut short, a few letters say nothing.
function wordsKept(content: string, columns: number): string {
  const kept = clipWords(content, columns)
  return kept !== content && columns < leastWord && !kept.trim().includes(' ') && !isWord(content, kept) ? '' : kept
}

function isWord(content: string, kept: string): boolean {
  const length = kept.length - '…'.length
  return length > 0 && kept.trim() !== '…' && content.charAt(length) === ' '
}

function* take<A>(items: Iterable<A>, most: number): Generator<A> {
  let taken = 0
  if (most <= 0) return
  for (const item of items) {
    yield item
    if (++taken >= most) return
  }
}
