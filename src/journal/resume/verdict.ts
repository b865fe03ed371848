import { isRepeatable } from '../../graph/operations/isRepeatable.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { KnownOutcome } from '../../model/known.js'
import { isFanOut } from './fanOut.js'
import type { ResumeKind } from './resumeFault.js'
import type { LoggedState } from './runState.js'

/** What a run that resumes another one does with an operation. */
export type ResumeVerdict =
  /** Its outcome is taken over; `given` when it was named by whoever resumes. */
  | { readonly type: 'known'; readonly outcome: KnownOutcome; readonly given?: true }
  /** It runs. `chosen` when it was named by whoever resumes. */
  | { readonly type: 'again'; readonly chosen?: true }
  /** It was skipped, and is judged as then. */
  | { readonly type: 'as-it-was' }
  | { readonly type: 'interrupted'; readonly attempt: number }

const again: ResumeVerdict = { type: 'again' }
const asItWas: ResumeVerdict = { type: 'as-it-was' }

/** What the state of an operation alone says. */
export function verdictOf(operation: CompiledOperation, state: LoggedState | undefined, kind: ResumeKind): ResumeVerdict {
  if (state === undefined) return again
  switch (state.type) {
    case 'succeeded': {
      const { value, from, masked, lossy } = state
      return { type: 'known', outcome: { type: 'succeeded', value, from, ...(masked && { masked }), ...(lossy && { lossy }) } }
    }
    case 'failed':
      return kind === 'retry' ? again : { type: 'known', outcome: { type: 'failed', error: state.error, from: state.from } }
    case 'skipped':
      return state.reason === 'policy' ? again : asItWas
    case 'open':
      // Of a fan-out only the items do anything; a service is there to be started.
      return isFanOut(operation) || operation.service === true || isRepeatable(operation)
        ? again
        : { type: 'interrupted', attempt: state.attempt }
    case 'waiting':
    case 'cancelled':
    case 'undone':
      return again
  }
}
