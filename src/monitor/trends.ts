import { concatMap, defer, type OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import type { TrendChanged } from '../model/metrics/monitorEvent.js'
import { meter, type Meter } from './meter/meter.js'
import { runTrends, type RunTrends } from './trends/runTrends.js'
import { trendChanged } from './trends/trendChanged.js'

/**
 * Passes every event through unchanged, and adds `trend-changed` after the event that shows that a metric of the run rises, falls or is
 * steady again: run time and wait of each operation type, throughput, failure rate, ready operations of a stream.
 *
 * Completes and errors with the source. It uses only the events and no timer: its result is the same in virtual time, and for events read
 * from a log. docs/monitor.md says how a trend is distinguished from chance.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { ofType, operation, runBatch, trends } from 'millrace'
 * const plan = Array.from({ length: 20 }, (_, index) => operation(`op${index}`, () => index))
 * await lastValueFrom(runBatch(plan).pipe(trends(), ofType('trend-changed'), toArray())) // => []
 * ```
 * @see {@link monitor} for metrics and alerts as well
 * @since 0.2.0
 */
export function trends(): OperatorFunction<BatchEvent, BatchEvent | TrendChanged> {
  return (events) =>
    defer(() => {
      let followed: { readonly trends: RunTrends; readonly meter: Meter } | undefined
      return events.pipe(
        concatMap((event): readonly (BatchEvent | TrendChanged)[] => {
          if (event.type === 'run-started') {
            followed = { trends: runTrends(event), meter: meter(event) }
            return [event]
          }
          if (followed === undefined) return [event]
          const { meter: counted, trends: found } = followed
          counted.observe(event)
          if (counted.state.endedTried >= found.lookAt) found.look(counted.state)
          if (!found.hasChanged()) return [event]
          const { runId, seq: afterSeq, at } = event
          return [event, ...found.changed().map((trend) => trendChanged({ runId, afterSeq, at }, trend))]
        }),
      )
    })
}
