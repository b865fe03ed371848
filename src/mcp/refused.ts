/** One thing wrong with a call. */
export interface Refused {
  readonly at: string
  readonly type: string
  readonly message: string
}

/** All that is wrong with a call, and what helps to mend it: signatures and examples of the operation types at fault. */
export interface RefusedCall {
  readonly faults: readonly Refused[]
  /** Faults beyond those. */
  readonly more: number
  readonly help: readonly string[]
}
