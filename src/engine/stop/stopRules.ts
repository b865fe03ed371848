import type { StopCause } from '../../model/summary.js'
import type { CancelCause, Outcome } from '../../model/outcome.js'
import type { OnFailure, When } from '../../model/plan.js'

/** Operations that clean up after others: they still start after a failure, a signal or the time limit has stopped the run. */
export function isCleanUp(when: When): boolean {
  return when === 'settled' || when === 'any-failed'
}

/** What a failure stops, if anything. */
export function stopAfterFailure(onFailure: OnFailure, id: string): StopCause | undefined {
  switch (onFailure) {
    case 'continue':
      return undefined
    case 'no-new':
      return { type: 'no-new', because: [id] }
    case 'cancel':
    case 'rollback':
      return { type: 'policy', because: [id] }
  }
}

/** Whether a stop lets this operation run all the same. `cleanUp`: what a signal or the time limit stopped may still clean up. */
export function spares(stop: StopCause, cleansUp: boolean, cleanUp: boolean): boolean {
  return stop.type === 'source' || (cleansUp && (cleanUp || !comesFromOutside(stop)))
}

/** Whether somebody wants the run to be over, in contrast to a rule of its plan. */
export function comesFromOutside({ type }: StopCause): boolean {
  return type === 'signal' || type === 'run-timeout'
}

/** What a stop does to a running attempt: nothing, or cancel it. */
export function cancelCauseOf(stop: StopCause): CancelCause | undefined {
  return stop.type === 'no-new' || stop.type === 'journal' || stop.type === 'source' ? undefined : stop
}

/** How an operation ends that a stop keeps from starting. */
export function unstartedOutcome(stop: StopCause): Extract<Outcome, { readonly type: 'skipped' | 'cancelled' }> {
  switch (stop.type) {
    case 'no-new':
    case 'policy':
      return { type: 'skipped', reason: 'policy', because: stop.because }
    case 'journal':
      return { type: 'skipped', reason: 'policy', because: [] }
    case 'signal':
    case 'run-timeout':
      return { type: 'cancelled', cause: stop }
    case 'source': // It spares whatever was taken in.
      throw new Error('A defect in millrace: an operation was kept from starting because its source failed.')
  }
}

/** A second stop replaces the first only if it stops more. */
export function strongerStop(current: StopCause | undefined, next: StopCause): StopCause {
  return current === undefined || strength[next.type] > strength[current.type] ? next : current
}

const strength: Readonly<Record<StopCause['type'], number>> = {
  source: 0,
  'no-new': 1,
  journal: 1,
  policy: 2,
  'run-timeout': 3,
  signal: 3,
}
