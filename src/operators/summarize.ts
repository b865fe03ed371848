import { concatMap, defer, EMPTY, of, type OperatorFunction } from 'rxjs'
import type { TerminalEvent } from '../model/event.js'
import { isTerminal } from '../model/isTerminal.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import type { Outcome } from '../model/outcome.js'
import type { Summary } from '../model/summary.js'
import { outcomeOfEvent } from './outcomes.js'
import { takesNothing } from '../model/options/checkOptions.js'

/** One operation in a report. Durations in ms. */
export interface ReportedOperation {
  readonly id: string
  readonly outcome: Outcome
  readonly durationMs: number
  readonly waitedMs: number
  readonly attempts: number
}

/** A summary with every operation's outcome, in the order in which they ended. */
export interface Report extends Summary {
  readonly operations: readonly ReportedOperation[]
}

/**
 * Emits one report when the run has finished: its summary, and the outcome of each operation.
 *
 * Completes after it, or without a value if the source ends before `run-finished`. Never errors by itself. Holds every value until then:
 * for a run of millions, use only the summary of `run-finished`.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, summarize } from 'millrace'
 * const report = await lastValueFrom(runBatch([operation('a', () => 7)]).pipe(summarize()))
 * report.operations.map(({ id, attempts }) => ({ id, attempts })) // => [{ id: 'a', attempts: 1 }]
 * ```
 * @since 0.1.0
 */
export function summarize(): OperatorFunction<AnyEvent, Report> {
  takesNothing('summarize', arguments)
  return (events) =>
    // Deferred, so that each subscription collects into a list of its own.
    defer(() => {
      const operations: ReportedOperation[] = []
      return events.pipe(
        concatMap((event) => {
          if (event.type === 'run-finished') return of({ ...event.summary, operations })
          if (isTerminal(event)) operations.push(reported(event))
          return EMPTY
        }),
      )
    })
}

function reported(event: TerminalEvent): ReportedOperation {
  const spent = event.type === 'operation-skipped' ? { durationMs: 0, waitedMs: 0, attempts: 0 } : event
  const { durationMs, waitedMs, attempts } = spent
  return { id: event.id, outcome: outcomeOfEvent(event), durationMs, waitedMs, attempts }
}
