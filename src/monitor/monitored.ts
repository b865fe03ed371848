import { interval, Observable, Subject, takeWhile, type MonoTypeOperatorFunction, type Observer, type SchedulerLike } from 'rxjs'
import { monotonic, systemScheduler } from '../engine/time/clock.js'
import { checkOptions, refuse, type Fields } from '../model/options/checkOptions.js'
import { aboveZero, alsoCalled, hasFields, isFunction, kind, scheduler as schedulerKind, someText } from '../model/options/kinds.js'
import { histogram } from './histogram/histogram.js'
import { timesOf } from './meter/timesOf.js'
import type { Times } from '../model/metrics/metrics.js'

/** The metrics of one subscription to an Observable at one moment. */
export interface FlowMetrics {
  readonly name: string
  /** Epoch ms. */
  readonly at: number
  /** Since it was subscribed to. */
  readonly elapsedMs: number
  readonly state: 'active' | 'completed' | 'errored' | 'unsubscribed'
  readonly values: number
  /** Values each second: in all, and since the sample before. */
  readonly throughput: { readonly overall: number; readonly recent: number }
  /** The times from subscribing to the first value, and from each value to the next. */
  readonly gapMs: Times
  /** The times that everything downstream took for a value, until `next` returned. Slow operators there hold the source back. */
  readonly handlingMs: Times
}

/** How an Observable is monitored. */
export interface MonitoredOptions {
  /** Ms between two samples. Default 250. */
  readonly everyMs?: number
  /** Where the time comes from. Default: asynchronous timers and a clock that never goes back. */
  readonly scheduler?: SchedulerLike
}

const fields = {
  everyMs: alsoCalled(aboveZero('the ms between two samples'), 'every', 'interval', 'intervalMs'),
  scheduler: schedulerKind,
} satisfies Fields<MonitoredOptions>

const listener = kind(
  'a function, or an observer such as a Subject',
  (value) => isFunction(value) || (hasFields(value) && isFunction(value['next'])),
)

/**
 * Passes every value through unchanged, and calls `sampled` with metrics of the subscription: every 250 ms, and once more at its end. It
 * does for any Observable what `monitor` does for a run.
 *
 *     source                                a-a-a-----a|
 *     result                                a-a-a-----a|
 *     everyMs: 4, values so far             ----2---3--4
 *
 * Completes and errors with the source; the last sample, which says how it ended, comes just before. Each subscription has its own counts.
 * Unsubscribing ends its timer, after a last sample. An error thrown by `sampled` is reported like the error of a subscriber, and does not
 * affect the stream.
 *
 * @example
 * ```ts
 * import { from, lastValueFrom } from 'rxjs'
 * import { monitored } from 'millrace'
 * const seen: string[] = []
 * const words = from(['mill', 'race']).pipe(monitored('words', ({ name, values, state }) => seen.push(`${name}: ${values}, ${state}`)))
 * await lastValueFrom(words) // => 'race'
 * seen // => ['words: 2, completed']
 * ```
 * @see {@link monitor} for the events of a run
 * @since 0.2.0
 */
export function monitored<A>(
  name: string,
  sampled: Pick<Observer<FlowMetrics>, 'next'> | ((metrics: FlowMetrics) => void),
  options: MonitoredOptions = {},
): MonoTypeOperatorFunction<A> {
  refuse('monitored', [...someText.faults(name, ['name']), ...listener.faults(sampled, ['sampled'])])
  checkOptions('monitored', options, fields)
  const { everyMs = 250, scheduler = systemScheduler } = options
  const tell = typeof sampled === 'function' ? sampled : (metrics: FlowMetrics): void => sampled.next(metrics)
  return (source) =>
    // Not composed of existing operators alone: none is there before and after the `next` of those behind it.
    new Observable((subscriber) => {
      const samples$ = new Subject<FlowMetrics>()
      const now = monotonic(scheduler)
      const flow = flowMeter(name, now())
      let isOver = false
      const end = (state: FlowMetrics['state']): void => {
        if (isOver) return
        isOver = true
        timer.unsubscribe()
        samples$.next(flow.sample(now(), state))
      }
      samples$.subscribe(tell)
      const timer = interval(everyMs, scheduler).subscribe(() => samples$.next(flow.sample(now(), 'active')))
      subscriber.add(() => end('unsubscribed'))
      subscriber.add(
        // A source that gives everything at once hears here that nobody listens any more.
        source.pipe(takeWhile(() => !subscriber.closed)).subscribe({
          next(value) {
            flow.came(now())
            subscriber.next(value)
            flow.handled(now())
          },
          error(error: unknown) {
            end('errored')
            subscriber.error(error)
          },
          complete() {
            end('completed')
            subscriber.complete()
          },
        }),
      )
    })
}

interface FlowMeter {
  came(at: number): void
  handled(at: number): void
  sample(at: number, state: FlowMetrics['state']): FlowMetrics
}

function flowMeter(name: string, startedAt: number): FlowMeter {
  const gaps = histogram()
  const handling = histogram()
  let lastCame = startedAt
  let sampledAt = startedAt
  let sampledValues = 0
  return {
    came(at) {
      gaps.record(at - lastCame)
      lastCame = at
    },
    handled: (at) => handling.record(at - lastCame),
    sample(at, state) {
      const values = gaps.count
      const elapsedMs = at - startedAt
      const recent = perSecond(values - sampledValues, at - sampledAt)
      sampledAt = at
      sampledValues = values
      const throughput = { overall: perSecond(values, elapsedMs), recent }
      return { name, at, elapsedMs, state, values, throughput, gapMs: timesOf(gaps), handlingMs: timesOf(handling) }
    },
  }
}

function perSecond(values: number, ms: number): number {
  return ms > 0 ? (values * 1_000) / ms : 0
}
