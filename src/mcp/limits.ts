/** The limits of one message to the server. */
export interface ServerLimits {
  readonly operations: number
  readonly bytes: number
  /** Batches that run at once; more wait in line. */
  readonly batches: number
  /** Batches that can wait in line. */
  readonly waiting: number
}

export const defaultLimits: ServerLimits = { operations: 10_000, bytes: 16 * 1024 * 1024, batches: 64, waiting: 256 }
