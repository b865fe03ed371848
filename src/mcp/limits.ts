/** What one message may ask of the server. */
export interface Limits {
  readonly operations: number
  readonly bytes: number
  /** Batches that run at once. */
  readonly batches: number
}

export const defaultLimits: Limits = { operations: 10_000, bytes: 16 * 1024 * 1024, batches: 64 }
