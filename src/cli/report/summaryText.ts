import { eventText } from '../../journal/eventText.js'
import type { TerminalEvent } from '../../model/event.js'
import type { Summary } from '../../model/summary.js'

/** An operation as the plan names it. */
export interface NamedOperation {
  readonly id: string
  /** `file.write`. */
  readonly name: string
}

/**
 * The summary as one document, and each operation's outcome in the order of the plan, parts of operations behind them: what `--json`
 * prints, a piece for each operation, so that the text of a large run never stands in memory whole. `more` is what follows in it.
 */
export function* summaryText(
  summary: Summary,
  operations: readonly NamedOperation[],
  ends: ReadonlyMap<string, TerminalEvent>,
  returns: readonly string[] | undefined,
  more: object = {},
): Generator<string, void, undefined> {
  yield `${eventText(summary).slice(0, -1)},"operations":[`
  let between = ''
  for (const operation of outcomes(operations, ends, returns)) {
    yield between + eventText(operation)
    between = ','
  }
  const rest = eventText(more).slice(1)
  yield rest === '}' ? ']}' : `],${rest}`
}

function* outcomes(
  operations: readonly NamedOperation[],
  ends: ReadonlyMap<string, TerminalEvent>,
  returns: readonly string[] | undefined,
): Generator<object, void, undefined> {
  const wanted = returns && new Set(returns)
  for (const { id, name } of operations) {
    const end = ends.get(id)
    yield { id, name, ...(end && outcome(end, wanted === undefined || wanted.has(id))) }
  }
  for (const end of ends.values())
    if (end.parent !== undefined) yield { id: end.id, parent: end.parent, ...outcome(end, wanted === undefined || wanted.has(end.id)) }
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
