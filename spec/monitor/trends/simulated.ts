import { seededRandom } from '../../../src/engine/time/random.js'
import type { BatchEvent } from '../../../src/model/event.js'
import type { RunTrend } from '../../../src/model/metrics/runTrend.js'
import { meter } from '../../../src/monitor/meter/meter.js'
import { runTrends } from '../../../src/monitor/trends/runTrends.js'

/** A run to be simulated. */
export interface SimulatedRun {
  readonly seed: number
  readonly operations: number
  readonly concurrency: number
  /** Operation types, in no order among the operations. */
  readonly types: number
  /** Standard deviation of the logarithm of a time. */
  readonly spread: number
  /** From 0 to 1. */
  readonly failures: number
  /** Which earlier operations each waits for. */
  readonly waitsFor: (index: number, random: () => number) => readonly number[]
  /** Operations come one by one at this many of what the slots can do, and not all at the start. */
  readonly load?: number
  /** How many times as long the operation of this index takes. */
  readonly factor?: (index: number) => number
  /** The same for the chance to fail. */
  readonly failing?: (index: number) => number
}

/** The trends of a run as they change, each with how many operations had ended by then. */
export function simulatedTrends(run: SimulatedRun): readonly { readonly ended: number; readonly trend: RunTrend }[] {
  const found: { ended: number; trend: RunTrend }[] = []
  const [started, ...events] = simulatedEvents(run)
  if (started?.type !== 'run-started') throw new Error('A run begins with run-started.')
  const trends = runTrends(started)
  const counted = meter(started)
  for (const event of events) {
    counted.observe(event)
    if (counted.state.endedTried >= trends.lookAt) trends.look(counted.state)
    for (const trend of trends.changed()) found.push({ ended: counted.state.succeeded + counted.state.failed, trend })
  }
  return found
}

/** The events of a run that hands out ready operations in their order, and starts one whenever a slot is free. */
export function simulatedEvents({
  seed,
  operations,
  concurrency,
  types,
  spread,
  failures,
  waitsFor,
  load,
  factor,
  failing,
}: SimulatedRun): readonly BatchEvent[] {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const typical = Array.from({ length: types }, () => 20 * 2 ** Math.floor(4 * random()))
  const typeOf = Array.from({ length: operations }, () => Math.floor(random() * types))
  const left = Array.from({ length: operations }, () => 0)
  const dependents = Array.from({ length: operations }, (): number[] => [])
  for (let index = 0; index < operations; index++)
    for (const before of new Set(waitsFor(index, random))) {
      left[index]!++
      dependents[before]!.push(index)
    }
  const mean = typical.reduce((sum, ms) => sum + ms, 0) / types
  const arrivals: { index: number; at: number }[] = []
  let clock = 0
  for (let index = 0; index < operations; index++) {
    if (load !== undefined) clock += (-Math.log(1 - random()) * mean * Math.exp(spread ** 2 / 2)) / (load * concurrency)
    if (left[index] === 0) arrivals.push({ index, at: clock })
  }
  const events: BatchEvent[] = []
  const runId = 'r'
  const edges = { explicit: 0, reference: 0, effect: 0, order: 0 }
  let at = 0
  const stamp = () => ({ runId, seq: events.length, at })
  const streamed = load !== undefined
  events.push({
    type: 'run-started',
    ...stamp(),
    operations: streamed ? 0 : operations,
    concurrency,
    edges,
    ...(streamed && { streamed: true }),
  })
  const ready: number[] = []
  let running: { index: number; from: number; end: number }[] = []
  const readyAt: number[] = []
  const open = (index: number): void => {
    if (streamed) events.push({ type: 'operation-added', ...stamp(), id: `op${index}` })
    events.push({ type: 'operation-ready', ...stamp(), id: `op${index}`, name: `test.t${typeOf[index]}` })
    readyAt[index] = at
    ready.push(index)
  }
  let [arrived, next] = [0, 0]
  while (arrived < arrivals.length || next < ready.length || running.length > 0) {
    while (arrived < arrivals.length && arrivals[arrived]!.at <= at) open(arrivals[arrived++]!.index)
    while (next < ready.length && running.length < concurrency) {
      const index = ready[next++]!
      events.push({ type: 'attempt-started', ...stamp(), id: `op${index}`, attempt: 1 })
      const ms = typical[typeOf[index]!]! * Math.exp(spread * normal()) * (factor?.(index) ?? 1)
      running.push({ index, from: at, end: at + ms })
    }
    const first = running.reduce((least, one) => (one.end < least.end ? one : least), { index: -1, from: 0, end: Infinity })
    const arrival = arrivals[arrived]?.at ?? Infinity
    if (arrival < first.end) {
      at = arrival
      continue
    }
    at = first.end
    running = running.filter((one) => one !== first)
    const { index } = first
    const about = { id: `op${index}`, durationMs: at - first.from, waitedMs: first.from - readyAt[index]!, attempts: 1 }
    if (random() < failures * (failing?.(index) ?? 1))
      events.push({ type: 'operation-failed', ...stamp(), ...about, error: { type: 'exit', message: 'no' } as never })
    else events.push({ type: 'operation-succeeded', ...stamp(), ...about, value: null })
    // What a failure would skip runs here: only times and shares are simulated.
    for (const later of dependents[index]!) if (--left[later]! === 0) open(later)
  }
  return events
}
