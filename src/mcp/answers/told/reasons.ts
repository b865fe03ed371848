import type { OperationCancelled, OperationSkipped, TerminalEvent } from '../../../model/event.js'
import type { CancelCause } from '../../../model/outcome.js'
import type { StopCause } from '../../../model/summary.js'
import { showPath } from '../form/label.js'

/** How operations ended, by id. */
export type Ends = ReadonlyMap<string, TerminalEvent>

const mostNamed = 5

/** Why an operation was skipped: `build failed`. */
export function skipReason({ reason, because, condition }: OperationSkipped, ends: Ends): string {
  switch (reason) {
    case 'dependency':
      return becauseOf(because, ends)
    case 'policy':
      return `${becauseOf(because, ends)} and onFailure lets nothing more start`
    case 'gate':
      if (condition !== undefined) return `its condition did not hold: ${condition}`
      return because.length === 0 ? 'its condition did not hold' : `the condition of ${named(because)} did not hold`
  }
}

/** Why an operation was cancelled: `build failed and onFailure is "cancel"`. */
export function cancelReason({ cause }: OperationCancelled, ends: Ends, onFailure: string | undefined): string {
  return cause.type === 'policy'
    ? `${becauseOf(cause.because, ends)} and onFailure ${onFailure === undefined ? 'stops what runs' : `is "${onFailure}"`}`
    : stopReason(cause)
}

export function stopReason(cause: CancelCause | StopCause): string {
  switch (cause.type) {
    case 'signal':
      return cause.message
    case 'run-timeout':
      return `the batch took longer than ${cause.timeoutMs} ms`
    case 'parent':
      return `${showPath(cause.id)}, which it is part of, was stopped`
    case 'service':
      return `${showPath(cause.id)}, the service it depends on, has ended`
    case 'policy':
      return `${named(cause.because)} failed`
    case 'no-new':
      return 'onFailure is "no-new"'
    case 'journal':
    case 'source':
      return cause.error.message
  }
}

function becauseOf(ids: readonly string[], ends: Ends): string {
  const [first] = ids
  if (first === undefined) return 'an operation failed'
  return `${named(ids)} ${ends.get(first)?.type === 'operation-cancelled' ? (ids.length === 1 ? 'was cancelled' : 'were cancelled') : 'failed'}`
}

function named(ids: readonly string[]): string {
  const shown = ids.slice(0, mostNamed).map(showPath).join(', ')
  return ids.length > mostNamed ? `${shown} and ${ids.length - mostNamed} more` : shown
}
