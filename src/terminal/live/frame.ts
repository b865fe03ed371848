import { clip, clipWords, padded, widthOf } from '../text/width.js'
import { thousands } from '../text/count.js'
import { duration } from '../text/duration.js'
import type { Paint, Tone } from '../text/paint.js'
import { visible } from '../text/visible.js'
import type { LiveState, RunningOperation } from './liveState.js'

export interface Size {
  readonly columns: number
  readonly rows: number
}

/** Words are cut between two of them, a name anywhere. */
type Segment = readonly [tone: Tone, text: string, words?: 'words']

const mostLines = 12
const mostFailures = 3
const widestBar = 30
const narrowestBar = 6

/** What the terminal shows at the moment `now`: at most 12 lines, and never as many as the terminal has, none wider than it. */
export function frame(state: LiveState, size: Size, now: number, paint: Paint): readonly string[] {
  // The last column stays free: some terminals wrap a line that fills it.
  const columns = Math.max(1, size.columns - 1)
  const room = Math.max(0, Math.min(size.rows - 1, mostLines) - 1)
  const failures = state.failures.slice(-Math.min(mostFailures, Math.floor(room / 2)))
  const lines: (readonly Segment[])[] = [
    headline(state, columns, now),
    ...(room < 2
      ? []
      : failures.map(({ id, message }): readonly Segment[] => [
          ['bad', `✗ ${visible(id)}`],
          ['plain', ` ${message}`, 'words'],
        ])),
  ]
  lines.push(...runningLines(state, room + 1 - lines.length, columns, now))
  return lines.map((segments) => line(segments, columns, paint))
}

function headline(state: LiveState, columns: number, now: number): readonly Segment[] {
  const done = state.succeeded + state.failed + state.skipped + state.cancelled
  const facts: Segment[] = [['strong', `${thousands(done)} of ${thousands(state.total)}`]]
  const fact = (tone: Tone, number: number, word: string): void => {
    if (number > 0) facts.push(['faint', ' · '], [tone, `${thousands(number)} ${word}`])
  }
  let waiting = 0
  for (const { retryAt } of state.running.values()) if (retryAt !== undefined) waiting += 1
  fact('plain', state.running.size - waiting, 'running')
  fact('caution', waiting, 'retrying')
  fact('bad', state.failed, 'failed')
  fact('caution', state.skipped, 'skipped')
  fact('caution', state.cancelled, 'cancelled')
  if (state.stopping) facts.push(['faint', ' · '], ['caution', 'stopping; Ctrl-C again to stop at once'])
  facts.push(['faint', ` · ${duration(Math.max(0, now - state.startedAt))}`])
  const name: readonly Segment[] = state.name === undefined ? [] : [['plain', `${clip(visible(state.name), Math.floor(columns / 4))} `]]
  const left = columns - widthOf([...name, ...facts].map(([, text]) => text).join('')) - 1
  return left < narrowestBar ? facts : [...name, ...bar(state, done, Math.min(left, widestBar)), ['plain', ' '], ...facts]
}

function bar(state: LiveState, done: number, columns: number): readonly Segment[] {
  const filled = state.total === 0 ? 0 : Math.floor((done / state.total) * columns)
  const tone = state.failed > 0 ? 'bad' : 'good'
  return [
    [tone, '━'.repeat(filled)],
    ['faint', '─'.repeat(columns - filled)],
  ]
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
    const kept = words ? clipWords(content, left) : clip(content, left)
    text += paint(tone, kept)
    left -= widthOf(kept)
    if (left <= 0) break
  }
  return text
}

function* take<A>(items: Iterable<A>, most: number): Generator<A> {
  let taken = 0
  if (most <= 0) return
  for (const item of items) {
    yield item
    if (++taken >= most) return
  }
}
