import type { TerminalEvent } from '../../model/event.js'
import type { Summary } from '../../model/summary.js'

/** An operation as the plan names it. */
export interface NamedOperation {
  readonly id: string
  /** `file.write`. */
  readonly name: string
}

/** The summary as one document, and each operation's outcome in the order of the plan, parts of operations behind them: what `--json` prints. */
export function summaryDocument(
  summary: Summary,
  operations: readonly NamedOperation[],
  ends: ReadonlyMap<string, TerminalEvent>,
  returns: readonly string[] | undefined,
): object {
  const wanted = returns && new Set(returns)
  return {
    ...summary,
    operations: [
      ...operations.map(({ id, name }) => {
        const end = ends.get(id)
        return { id, name, ...(end && outcome(end, wanted === undefined || wanted.has(id))) }
      }),
      ...[...ends.values()].flatMap((end) =>
        end.parent === undefined ? [] : [{ id: end.id, parent: end.parent, ...outcome(end, wanted === undefined || wanted.has(end.id)) }],
      ),
    ],
  }
}

function outcome(end: TerminalEvent, withValue: boolean): object {
  switch (end.type) {
    case 'operation-succeeded':
      return {
        outcome: 'succeeded',
        ...(withValue && { value: end.value }),
        durationMs: end.durationMs,
        waitedMs: end.waitedMs,
        attempts: end.attempts,
        ...(end.recoveredFrom && { recoveredFrom: end.recoveredFrom }),
        ...(end.sharedWith !== undefined && { sharedWith: end.sharedWith }),
      }
    case 'operation-failed':
      return {
        outcome: 'failed',
        error: end.error,
        durationMs: end.durationMs,
        waitedMs: end.waitedMs,
        attempts: end.attempts,
        ...(end.detached && { detached: true }),
      }
    case 'operation-skipped':
      return { outcome: 'skipped', reason: end.reason, because: end.because }
    case 'operation-cancelled':
      return {
        outcome: 'cancelled',
        cause: end.cause,
        durationMs: end.durationMs,
        waitedMs: end.waitedMs,
        attempts: end.attempts,
        ...(end.detached && { detached: true }),
      }
  }
}
