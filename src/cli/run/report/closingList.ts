import type { OperationSkipped, TerminalEvent } from '../../../model/event.js'
import { duration } from '../../../terminal/text/duration.js'
import type { Paint, Tone } from '../../../terminal/text/paint.js'
import { visible } from '../../../terminal/text/visible.js'
import { clip, padded, widthOf } from '../../../terminal/text/width.js'

/** What ran, for the list at the end of a report: all of few, of many the failures and the slowest. */
export interface ClosingList {
  total: number
  /** The first to end, in that order. */
  readonly first: TerminalEvent[]
  readonly failed: TerminalEvent[]
  /** The slowest first. */
  readonly slowest: TimedEvent[]
}

type TimedEvent = Extract<TerminalEvent, { readonly durationMs: number }>

const mostListed = 20
const mostSlow = 5
const widestId = 48
const narrowestId = 12

export function closingList(): ClosingList {
  return { total: 0, first: [], failed: [], slowest: [] }
}

/** Takes the end of an operation into the list, in place. Parts of an operation are listed only when they failed. */
export function addEnd(list: ClosingList, event: TerminalEvent): void {
  if (event.parent === undefined) list.total += 1
  if (list.first.length <= mostListed && (event.parent === undefined || event.type === 'operation-failed')) list.first.push(event)
  if (event.type === 'operation-failed' && list.failed.length < mostListed) list.failed.push(event)
  if (event.type === 'operation-succeeded' && event.parent === undefined) keepSlow(list.slowest, event)
}

function keepSlow(slowest: TimedEvent[], event: TimedEvent): void {
  if (slowest.length === mostSlow && event.durationMs <= slowest[mostSlow - 1]!.durationMs) return
  const at = slowest.findIndex(({ durationMs }) => event.durationMs > durationMs)
  slowest.splice(at < 0 ? slowest.length : at, 0, event)
  if (slowest.length > mostSlow) slowest.pop()
}

/** The list: none of fewer than `fewest`, as of a single operation, of which the conclusion says all. */
export function closingLines(list: ClosingList, paint: Paint, columns = Infinity, fewest = 2): readonly string[] {
  if (list.total < fewest) return []
  if (list.first.length <= mostListed) return rows(list.first, paint, columns)
  return [...rows(list.failed, paint, columns), ...rows(list.slowest, paint, columns, 'The slowest:')]
}

function rows(events: readonly TerminalEvent[], paint: Paint, columns: number, title?: string): readonly string[] {
  if (events.length === 0) return []
  const ends = new Map(events.map((event) => [event.id, event.type]))
  const shown = events.map((event) => rowOf(event, ends))
  const times = events.map((event) => ('durationMs' in event && event.attempts > 0 ? duration(event.durationMs) : ''))
  const [timeWidth, noteWidth] = [times, shown.map(({ note }) => note)].map((texts) => Math.max(...texts.map(widthOf)))
  const left = columns - '✓ '.length - 2 * '  '.length - timeWidth! - noteWidth!
  const ids = events.map(({ id }) => clip(visible(id), Math.max(narrowestId, Math.min(widestId, left))))
  const idWidth = Math.max(...ids.map(widthOf))
  const lines = shown.map(({ tone, sign, note }, index) => {
    const time = `${' '.repeat(timeWidth! - widthOf(times[index]!))}${times[index]!}`
    return `${paint(tone, sign)} ${padded(ids[index]!, idWidth)}  ${paint('faint', `${time}  ${note}`)}`.trimEnd()
  })
  return title === undefined ? lines : [title, ...lines]
}

/** How those in the list ended, by id. */
type Ends = ReadonlyMap<string, TerminalEvent['type']>

function rowOf(event: TerminalEvent, ends: Ends): { readonly tone: Tone; readonly sign: string; readonly note: string } {
  switch (event.type) {
    case 'operation-succeeded': {
      const notes = [
        ...(event.attempts > 1 ? [`${event.attempts} attempts`] : []),
        ...(event.recoveredFrom === undefined ? [] : ['fallback']),
        ...(event.sharedWith === undefined ? [] : [`shared with ${visible(event.sharedWith)}`]),
        ...(event.reusedFrom === undefined ? [] : ['reused']),
      ]
      return { tone: 'good', sign: '✓', note: notes.join(', ') }
    }
    case 'operation-failed':
      return { tone: 'bad', sign: '✗', note: event.attempts > 1 ? `failed after ${event.attempts} attempts` : 'failed' }
    case 'operation-skipped':
      return { tone: 'caution', sign: '⊘', note: skipNote(event, ends) }
    case 'operation-cancelled':
      return { tone: 'caution', sign: '⊘', note: 'cancelled' }
  }
}

function skipNote({ reason, because }: OperationSkipped, ends: Ends): string {
  switch (reason) {
    case 'dependency':
      return dependencyNote(because.map((id) => ends.get(id)))
    case 'gate':
      return 'skipped by its own condition'
    case 'policy':
      return 'not started'
  }
}

// A time limit and a signal cancel what runs: what depends on it did not meet a failure.
function dependencyNote(causes: readonly (TerminalEvent['type'] | undefined)[]): string {
  if (causes.every((end) => end === 'operation-cancelled')) return 'skipped because of a cancellation'
  if (causes.every((end) => end === 'operation-cancelled' || end === 'operation-skipped'))
    return 'skipped because what it needs did not run'
  return 'skipped because of a failure'
}
