import type { Outcome } from '../../model/outcome.js'
import type { PreparedTask } from './preparedTask.js'

/** How a task ended, as the end of the operation it belongs to: that is no cause beside a child that failed. */
export function causedBy({ id, task }: { readonly id: string; readonly task: PreparedTask }, outcome: Outcome): Outcome {
  // Of a task in words the conversation says which turn failed, if one did.
  if (outcome.type !== 'failed' || task.type === 'text') return outcome
  return { type: 'failed', error: { ...outcome.error, because: [id] } }
}

/** The failure of one turn as that of its conversation. */
export function causedByTurn(id: string, outcome: Outcome): Outcome {
  return outcome.type === 'failed' ? { type: 'failed', error: { ...outcome.error, because: [id] } } : outcome
}
