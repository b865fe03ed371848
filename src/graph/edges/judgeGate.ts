import type { When } from '../../model/plan.js'

/** What a gate does once everything it counts has ended: it opens, or its operation is skipped for this reason. */
export type GateVerdict = 'open' | 'dependency' | 'gate'

/**
 * Judges the gate of an operation.
 *
 * `sawFailure`: a counted dependency failed, was cancelled, or was skipped because of a failure (`dependency`, `policy`).
 * `sawGateSkip`: one was skipped because its own condition, or that of one it needs, did not hold (`gate`).
 */
export function judgeGate(when: When, sawFailure: boolean, sawGateSkip: boolean): GateVerdict {
  switch (when) {
    case 'success':
      return sawFailure ? 'dependency' : sawGateSkip ? 'gate' : 'open'
    case 'settled':
      return 'open'
    case 'any-failed':
      return sawFailure ? 'open' : 'gate'
    case 'none-failed':
      return sawFailure ? 'dependency' : 'open'
  }
}
