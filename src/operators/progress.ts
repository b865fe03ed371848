import { filter, type OperatorFunction, scan } from 'rxjs'
import type { OperationAdded, RunStarted, TerminalEvent } from '../model/event.js'
import { isTerminal } from '../model/isTerminal.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import { takesNothing } from '../model/options/checkOptions.js'

/** How far a run is. */
export interface Progress {
  /** Operations that have ended, with any outcome. */
  readonly ended: number
  readonly total: number
  /** `ended ÷ total`, from 0 to 1; 1 for an empty plan. */
  readonly fraction: number
  /** Operations of those that failed. */
  readonly failed: number
}

/**
 * Emits the progress of the run: once at its start, then each time an operation has ended or, in a stream, was added.
 *
 * Completes with the source. Never errors by itself. Children (operations with a `parent`) do not count. Use `auditTime` to emit less
 * often.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, progress, runBatch } from 'millrace'
 * const last = await lastValueFrom(runBatch([operation('a', () => 7)]).pipe(progress()))
 * last // => { ended: 1, total: 1, fraction: 1, failed: 0 }
 * ```
 * @since 0.1.0
 */
export function progress(): OperatorFunction<AnyEvent, Progress> {
  takesNothing('progress', arguments)
  return (events) => events.pipe(filter(moves), scan(after, progressOf(0, 0, 0)))
}

type Move = RunStarted | OperationAdded | TerminalEvent

function moves(event: AnyEvent): event is Move {
  if (event.type === 'run-started' || event.type === 'operation-added') return true
  // A part of an operation does not count beside it: how many there will be nobody knows.
  return isTerminal(event) && event.parent === undefined
}

function after({ ended, total, failed }: Progress, event: Move): Progress {
  switch (event.type) {
    case 'run-started':
      return progressOf(0, event.operations, 0)
    case 'operation-added':
      return progressOf(ended, total + 1, failed)
    case 'operation-failed':
      return progressOf(ended + 1, total, failed + 1)
    case 'operation-succeeded':
    case 'operation-skipped':
    case 'operation-cancelled':
      return progressOf(ended + 1, total, failed)
  }
}

function progressOf(ended: number, total: number, failed: number): Progress {
  return { ended, total, fraction: total === 0 ? 1 : ended / total, failed }
}
