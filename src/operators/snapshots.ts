import { asyncScheduler, Observable, type OperatorFunction, type SchedulerLike, type Subscription } from 'rxjs'
import { checkOptions, type Fields } from '../model/options/checkOptions.js'
import { alsoCalled, delay, scheduler as schedulerKind } from '../model/options/kinds.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import type { Snapshot } from './snapshot/snapshot.js'
import { snapshotBuilder } from './snapshot/snapshotBuilder.js'

/** How often snapshots are made. */
export interface SnapshotOptions {
  /** Shortest time between two snapshots, in ms. Default 16, a frame of most screens. */
  readonly everyMs?: number
  /** Where time comes from. Default: asynchronous timers. */
  readonly scheduler?: SchedulerLike
}

const snapshotFields = {
  everyMs: alsoCalled(delay, 'every', 'interval', 'intervalMs'),
  scheduler: schedulerKind,
} satisfies Fields<SnapshotOptions>

/**
 * Emits a run as a sequence of frozen states for a user interface. Parts that did not change are the same objects as before.
 *
 * Emits the idle state on subscribe, at most one snapshot every `everyMs` ms while something changes, and always the last state
 * before it completes or errors with its source. Never errors by itself.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { runBatch, snapshots } from 'millrace'
 * const states = await firstValueFrom(runBatch([]).pipe(snapshots(), toArray()))
 * states.map(({ phase }) => phase) // => ['idle', 'finished']
 * ```
 * @see {@link operationOf} to look an operation up
 * @see {@link startBatch} whose `snapshot$` several views share
 * @since 0.1.0
 */
export function snapshots(options: SnapshotOptions = {}): OperatorFunction<AnyEvent, Snapshot> {
  checkOptions('snapshots', options, snapshotFields)
  const { everyMs = 16, scheduler = asyncScheduler } = options
  // By hand: `auditTime` keeps the last state back for a whole frame after its source has completed, and an operator for each event
  // would cost more than the event.
  return (events) =>
    new Observable((subscriber) => {
      const builder = snapshotBuilder()
      let timer: Subscription | undefined
      const show = (): void => {
        timer = undefined
        subscriber.next(builder.snapshot())
      }
      const showLast = (): void => {
        if (timer === undefined) return
        timer.unsubscribe()
        show()
      }
      show()
      // Whoever wanted no more than the idle state must not start a run.
      if (subscriber.closed) return
      subscriber.add(() => timer?.unsubscribe())
      subscriber.add(
        events.subscribe({
          next(event) {
            if (builder.observe(event)) timer ??= scheduler.schedule(show, everyMs)
          },
          error(error: unknown) {
            showLast()
            subscriber.error(error)
          },
          complete() {
            showLast()
            subscriber.complete()
          },
        }),
      )
    })
}
