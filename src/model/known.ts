import type { OperationError } from './operationError.js'

/** How an operation ended in an earlier run. A run that resumes that one takes it over: it is told where the gate opens. */
export type KnownOutcome =
  | {
      readonly type: 'succeeded'
      readonly value: unknown
      /** The run that performed it. */
      readonly from: string
      readonly masked?: true
      readonly lossy?: true
    }
  | { readonly type: 'failed'; readonly error: OperationError; readonly from: string }

/** The outcomes that a run takes over from an earlier one, by the id of the operation. */
export type Known = ReadonlyMap<string, KnownOutcome>
