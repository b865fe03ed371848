// monitor: live metrics of a run, and what many runs tell about a plan.
import { Observable, type OperatorFunction, type SchedulerLike, type Subscription } from 'rxjs'
import { systemScheduler } from '../engine/time/clock.js'
import { withOperationIndex, type OperationIndex } from '../engine/operations/operationIndex.js'
import type { BatchEvent, RunStarted } from '../model/event.js'
import { checkOptions, type Fields } from '../model/options/checkOptions.js'
import { aboveZero, alsoCalled, aFunction, hasFields, kind, listOf, scheduler as schedulerKind } from '../model/options/kinds.js'
import { watch, type Watch, type WatchOptions } from './watch.js'
import type { MonitorEvent } from '../model/metrics/monitorEvent.js'

/** How a run is monitored. */
export interface MonitorOptions extends WatchOptions {
  /** Ms between two samples. Default 250. */
  readonly everyMs?: number
  /** Where the time of samples comes from. Use the scheduler of the run, if it has one. */
  readonly scheduler?: SchedulerLike
}

const monitorFields = {
  everyMs: alsoCalled(aboveZero('the ms between two samples'), 'every', 'interval', 'intervalMs'),
  scheduler: schedulerKind,
  graph: kind(
    'the graph of a plan',
    (value) => hasFields(value) && 'waits' in value,
    (value) =>
      hasFields(value) && '_tag' in value
        ? 'planGraph returns an Either: pass its right value.'
        : 'Pass the right value of planGraph(plan).',
  ),
  alerts: listOf(
    kind('a rule with a type', (value) => hasFields(value) && typeof value['type'] === 'string'),
    'a list of rules',
  ),
  history: listOf(
    kind('the record of a run', (value) => hasFields(value) && typeof value['runId'] === 'string'),
    'a list of records, made by recordOf',
  ),
  sampleProcess: aFunction,
} satisfies Fields<MonitorOptions>

/**
 * Passes every event through unchanged and adds metrics of the run: `metrics-sampled` every 250 ms and just before `run-finished`,
 * `alert-raised` when the condition of a rule begins to hold at a sample, and `trend-changed` after the event that shows that a metric
 * rises, falls or is steady again.
 *
 * Completes and errors with the source; samples only between `run-started` and `run-finished`. Unsubscribing ends its timer.
 * docs/monitor.md has the unit, formula and source of each metric.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { monitor, runBatch } from 'millrace'
 * const events = await firstValueFrom(runBatch([]).pipe(monitor(), toArray()))
 * events.map((event) => event.type) // => ['run-started', 'metrics-sampled', 'run-finished']
 * ```
 * @since 0.1.0
 */
export function monitor(options: MonitorOptions = {}): OperatorFunction<BatchEvent, BatchEvent | MonitorEvent> {
  const { everyMs = 250, scheduler = systemScheduler } = options
  checkOptions('monitor', options, monitorFields)
  return (events) =>
    // Not composed of existing operators: samples go between the very events they count, and `merge` would subscribe twice, or
    // share the source and pay for that at every event.
    new Observable((subscriber) => {
      const spot: OperationIndex = { index: -1 }
      let current: Watch | undefined
      let timer: Subscription | undefined
      const stop = (): void => {
        timer?.unsubscribe()
        timer = undefined
      }
      const start = (started: RunStarted): void => {
        stop()
        const watched = watch(started, options)
        current = watched
        // The clock of the events may be another one: that of a journal which is read again.
        const aheadMs = started.at - scheduler.now()
        const own: Subscription = scheduler.schedule(function () {
          for (const event of watched.sample(scheduler.now() + aheadMs, false)) subscriber.next(event)
          // Whoever heard of it may have ended the run.
          if (timer === own) this.schedule(undefined, everyMs)
        }, everyMs)
        timer = own
      }
      subscriber.add(stop)
      subscriber.add(
        withOperationIndex(events, spot).subscribe({
          next(event) {
            if (event.type === 'run-started') start(event)
            if (event.type === 'run-finished' && current !== undefined) {
              stop()
              current.observe(event)
              for (const added of current.sample(event.at, true)) subscriber.next(added)
              current = undefined
              subscriber.next(event)
              return
            }
            current?.observe(event, spot.index)
            subscriber.next(event)
            if (current?.hasChanges === true) for (const added of current.changes()) subscriber.next(added)
          },
          error(error: unknown) {
            stop()
            subscriber.error(error)
          },
          complete() {
            stop()
            subscriber.complete()
          },
        }),
      )
    })
}
