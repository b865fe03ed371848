/** How far a call is. `progress` only ever rises. */
export interface CallProgress {
  readonly progress: number
  readonly total: number
  readonly message: string
}

/** What a call gets from whoever made it. */
export interface ServedCall {
  /** Aborted when the caller cancels the call or goes away. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CallProgress) => void
}
