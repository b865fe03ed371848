import { filter, type OperatorFunction, scan } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import { isTerminal } from '../model/isTerminal.js'

/** How far a run is. */
export interface Progress {
  /** Operations that have ended, in whatever way. */
  readonly ended: number
  readonly total: number
  /** `ended ÷ total`, from 0 to 1; 1 for an empty plan. */
  readonly fraction: number
  /** Operations of those that failed. */
  readonly failed: number
}

/**
 * Tells how far the run is: once at its start, then each time an operation has ended.
 *
 * Completes with the source. Never errors by itself. A view that needs less adds `auditTime`.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { progress, runBatch } from 'millrace'
 * const last = await lastValueFrom(runBatch([]).pipe(progress()))
 * last // => { ended: 0, total: 0, fraction: 1, failed: 0 }
 * ```
 * @since 0.1.0
 */
export function progress(): OperatorFunction<BatchEvent, Progress> {
  const start: Progress = { ended: 0, total: 0, fraction: 1, failed: 0 }
  return (events) =>
    events.pipe(
      filter((event) => event.type === 'run-started' || isTerminal(event)),
      scan((before, event) => {
        if (event.type === 'run-started') return { ...start, total: event.operations, fraction: event.operations === 0 ? 1 : 0 }
        const ended = before.ended + 1
        const failed = before.failed + (event.type === 'operation-failed' ? 1 : 0)
        return { ended, total: before.total, fraction: ended / before.total, failed }
      }, start),
    )
}
