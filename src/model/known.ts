import type { OperationError } from './operationError.js'

/** How an operation ended in an earlier run. A run that resumes that one reuses it, and emits it when the gate opens. */
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

/** The outcomes that a run reuses from an earlier one, by operation id. */
export type Known = ReadonlyMap<string, KnownOutcome>
