import { lastValueFrom, map, type Observable, ReplaySubject } from 'rxjs'
import { aborted } from '../engine/stop/aborted.js'
import { checkRunOptions, type RunOptions } from '../engine/options.js'
import { runBatch, type PlanInput } from '../engine/runBatch.js'
import { runIdOf } from '../engine/runId.js'
import type { BatchEvent } from '../model/event.js'
import type { Undecoded } from '../model/code/planLiteral.js'
import type { Summary } from '../model/summary.js'
import { ofType } from './ofType.js'
import { replayed } from './share/replayed.js'
import type { Snapshot } from './snapshot/snapshot.js'
import { snapshots } from './snapshots.js'

/** One run that any number of subscribers can watch. */
export interface BatchRun {
  readonly runId: string
  /** Every event from the first on, also for those who subscribe late. Keeps them all for as long as the run is held. */
  readonly events$: Observable<BatchEvent>
  /** Emits the current state on subscribe, then at most one state a frame; after the end, the last one. */
  readonly snapshot$: Observable<Snapshot>
  /** The summary of the run. Rejects only with `InvalidPlanError`, or with a defect of this library. */
  readonly done: Promise<Summary>
  /**
   * Aborts the running attempts and cancels the other operations. Every terminal event is still emitted. It does nothing after the run has
   * ended.
   */
  readonly cancel: (reason?: string) => void
}

/**
 * Runs a batch that is not decoded yet, such as a message of type `unknown`, for several parts of an app to watch.
 *
 * @see {@link decodePlan} to check its form without running it
 * @since 0.1.0
 */
export function startBatch<M>(message: Undecoded<M>, options?: RunOptions): BatchRun

/**
 * Runs a batch now, for several parts of an app to watch.
 *
 * Hot: the run has started when this returns. Every subscriber sees the same run from its first event, and unsubscribing does not stop it;
 * `cancel` does. `events$`, `snapshot$` and `done` fail only with `InvalidPlanError`, before any event and any effect, or with a defect of
 * this library. No subscriber is required.
 *
 * @example
 * ```ts
 * import { operation, startBatch } from 'millrace'
 * const run = startBatch([operation('a', () => 7)])
 * const { ok } = await run.done
 * ok // => true
 * ```
 * @see {@link runBatch} for a run that starts and stops with its subscription
 * @since 0.1.0
 */
export function startBatch(plan: PlanInput, options?: RunOptions): BatchRun
// The typed form is the last to be declared: the compiler tells what is wrong by that one.
export function startBatch(plan: unknown, options: RunOptions = {}): BatchRun {
  checkRunOptions('startBatch', options)
  const { scheduler, signal } = options
  const runId = options.runId ?? runIdOf(options.seed)
  const stop = new AbortController()
  const events = replayed<BatchEvent>()
  const snapshot$ = new ReplaySubject<Snapshot>(1)
  const done = lastValueFrom(
    events.values$.pipe(
      ofType('run-finished'),
      map(({ summary }) => summary),
    ),
  )
  // Whoever awaits `done` hears of it; that nobody does is no unhandled rejection.
  done.catch(() => undefined)
  events.values$.pipe(snapshots(scheduler === undefined ? {} : { scheduler })).subscribe(snapshot$)
  // The caller's signal may live as long as the app: it must not hold on to a run that is over.
  const listening = signal && aborted(signal).subscribe((reason) => stop.abort(reason))
  const end = (failure?: { readonly error: unknown }): void => {
    listening?.unsubscribe()
    events.end(failure)
  }
  runBatch(plan, { ...options, runId, signal: stop.signal }).subscribe({
    next: (event) => events.next(event),
    error: (error: unknown) => end({ error }),
    complete: () => end(),
  })
  return {
    runId,
    events$: events.values$,
    snapshot$: snapshot$.asObservable(),
    done,
    cancel: (reason = 'cancelled by its caller') => stop.abort(reason),
  }
}
