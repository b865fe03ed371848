import type { OperationSkipped } from '../../model/event.js'
import type { CancelCause } from '../../model/outcome.js'
import type { RollbackSummary, StopCause } from '../../model/summary.js'

/** Why an operation was skipped, beyond the names of what failed; `cancelled` says whether all that was cancelled. */
export function skipNote({ reason, condition }: OperationSkipped, cancelled: boolean): string {
  switch (reason) {
    case 'dependency':
      return cancelled ? 'an operation it depends on was cancelled' : 'an operation it depends on failed'
    case 'gate':
      return condition === undefined ? 'its condition did not hold' : `its condition did not hold: ${condition}`
    case 'policy':
      return 'onFailure starts no more operations after a failure'
  }
}

export function cancelNote(cause: CancelCause): string {
  switch (cause.type) {
    case 'signal':
      return cause.message
    case 'run-timeout':
      return `the run took longer than its ${cause.timeoutMs} ms`
    case 'parent':
      return `${cause.id}, which it is part of, was stopped`
    case 'service':
      return `${cause.id}, the service it depends on, has ended`
    case 'policy':
      return `the failure of ${named(cause.because)} stopped the run`
  }
}

export function stopNote(cause: StopCause): string {
  switch (cause.type) {
    case 'no-new':
      return `No more operations were started after the failure of ${named(cause.because)}.`
    case 'journal':
      return `No more operations were started, because the event log could not be written: ${cause.error.message}`
    case 'source':
      return `The source of its operations failed: ${cause.error.message}`
    case 'signal':
      return `${cause.message.slice(0, 1).toUpperCase()}${cause.message.slice(1)}.`
    case 'run-timeout':
      return `The run took longer than its ${cause.timeoutMs} ms.`
    case 'policy':
      return `The run was stopped by the failure of ${named(cause.because)}.`
  }
}

export function rollbackNote({ undone, failed, notUndoable }: RollbackSummary): string {
  const parts = [
    `Rolled back: ${undone} undone`,
    ...(failed.length > 0 ? [`not undone, since their undo failed: ${named(failed)}`] : []),
    ...(notUndoable.length > 0 ? [`nothing can undo ${named(notUndoable)}`] : []),
  ]
  return `${parts.join('; ')}.`
}

const most = 3

function named(ids: readonly string[]): string {
  const shown = ids.slice(0, most).join(', ')
  return ids.length > most ? `${shown} and ${ids.length - most} more` : shown
}
