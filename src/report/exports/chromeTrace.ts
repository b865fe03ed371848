import type { BatchEvent } from '../../model/event.js'
import { changesOf, loadOverTime } from '../findings/loadOverTime.js'
import { runTitle } from '../findings/wordsOf.js'
import { pictureOf, type ReportOptions } from '../pictureOf.js'
import type { PicturedAttempt, PicturedOperation, RunPicture } from '../picture/picture.js'
import type { ReportAbout } from '../picture/reportAbout.js'
import { gateOpeners } from './gateOpeners.js'

type TraceEvent = Readonly<Record<string, unknown>>

const samples = 2_000
const pid = 1

/**
 * Converts a run to the trace format of Chrome, which ui.perfetto.dev opens: a lane for each slot, an arrow from the end of the last
 * dependency of an operation to its start, and counters of slots in use and operations ready.
 *
 * An attempt that holds several slots is on the lane of each. Operations that hold none, because they only wait for their children, are
 * asynchronous slices beside the lanes.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { chromeTrace } from 'millrace/report'
 * const events = await lastValueFrom(runBatch([operation('build', () => 7)]).pipe(toArray()))
 * JSON.parse(chromeTrace(events)).displayTimeUnit // => 'ms'
 * ```
 * @since 0.2.0
 */
export function chromeTrace(events: Iterable<BatchEvent>, about: ReportAbout = {}, options: ReportOptions = {}): string {
  return chromeTraceText(pictureOf(events, about, options))
}

export function chromeTraceText(picture: RunPicture): string {
  const events = [...names(picture), ...slices(picture), ...arrows(picture), ...counters(picture)]
  const { runId, startedAt, plan } = picture
  const otherData = { runId, startedAt: new Date(startedAt).toISOString(), ...(plan !== undefined && { plan }) }
  return `{"displayTimeUnit":"ms","otherData":${JSON.stringify(otherData)},"traceEvents":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`
}

function names(picture: RunPicture): readonly TraceEvent[] {
  const lanes = Array.from({ length: picture.lanes }, (_, lane) => lane)
  return [
    { ph: 'M', pid, name: 'process_name', args: { name: runTitle(picture) } },
    ...lanes.flatMap((lane) => [
      { ph: 'M', pid, tid: lane + 1, name: 'thread_name', args: { name: `slot ${lane + 1}` } },
      { ph: 'M', pid, tid: lane + 1, name: 'thread_sort_index', args: { sort_index: lane } },
    ]),
  ]
}

function slices({ operations, lastAt }: RunPicture): readonly TraceEvent[] {
  return operations.flatMap((operation) =>
    operation.attempts.flatMap((attempt, index): readonly TraceEvent[] => {
      const ts = micros(attempt.startedAt)
      const dur = micros(attempt.endedAt ?? lastAt) - ts
      const slice = { pid, cat: operation.type, name: operation.title ?? operation.id, args: details(operation, attempt, index) }
      if (attempt.lanes.length > 0)
        return attempt.lanes.map((lane) => ({ ph: 'X', ...slice, tid: lane + 1, ts, dur, ...colour(operation, attempt) }))
      const id = `${operation.id}#${index + 1}`
      return [
        { ph: 'b', ...slice, id, tid: 0, ts },
        { ph: 'e', ...slice, id, tid: 0, ts: ts + dur },
      ]
    }),
  )
}

function details(operation: PicturedOperation, { message, endedAt, placed }: PicturedAttempt, index: number): TraceEvent {
  const { id, type, attempts, state } = operation
  const last = index === attempts.length - 1
  return {
    id,
    type,
    ...(attempts.length > 1 && { attempt: index + 1 }),
    outcome: endedAt === undefined ? 'did not end' : last ? state : 'failed',
    ...(message !== undefined && { error: message }),
    ...(placed && { worker: placed.worker }),
  }
}

/** Names of colours that the viewer has: all others are its own choice, by name. */
function colour({ state, attempts }: PicturedOperation, attempt: PicturedAttempt): { readonly cname?: string } {
  if (attempt.message === undefined) return {}
  return { cname: state === 'failed' && attempt === attempts.at(-1) ? 'terrible' : 'bad' }
}

function arrows(picture: RunPicture): readonly TraceEvent[] {
  const { operations } = picture
  return [...gateOpeners(picture)].flatMap((opener, index) => {
    const from = operations[opener]?.attempts.at(-1)
    const to = operations[index]!.attempts[0]
    const [fromLane, toLane] = [from?.lanes[0], to?.lanes[0]]
    if (from?.endedAt === undefined || to === undefined || fromLane === undefined || toLane === undefined) return []
    // A moment within the slices, or the viewer binds it to what follows.
    const ts = Math.max(micros(from.startedAt), micros(from.endedAt) - 1)
    return [
      { ph: 's', pid, tid: fromLane + 1, cat: 'dependency', name: 'dependency', id: index, ts },
      { ph: 'f', bp: 'e', pid, tid: toLane + 1, cat: 'dependency', name: 'dependency', id: index, ts: micros(to.startedAt) },
    ]
  })
}

function counters(picture: RunPicture): readonly TraceEvent[] {
  const { lastAt } = picture
  if (lastAt <= 0) return []
  const { running, ready } = loadOverTime(changesOf(picture), 0, lastAt, Math.min(samples, Math.max(1, picture.operations.length * 4)))
  const width = lastAt / running.length
  return [...running.keys()].flatMap((part) => {
    const ts = micros(part * width)
    return [
      { ph: 'C', pid, name: 'slots in use', ts, args: { slots: rounded(running[part]!) } },
      { ph: 'C', pid, name: 'ready', ts, args: { operations: rounded(ready[part]!) } },
    ]
  })
}

/** Whole µs: what follows another in a lane still does. */
function micros(ms: number): number {
  return Math.round(ms * 1_000)
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
