import type { Outcome } from '../../model/outcome.js'

/** The outcome of a child as that of its parent, which is no cause beside it. */
export function causedBy(id: string, outcome: Outcome): Outcome {
  return outcome.type === 'failed' ? { type: 'failed', error: { ...outcome.error, because: outcome.error.because ?? [id] } } : outcome
}
