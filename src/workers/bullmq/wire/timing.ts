/** The times that runs and workers hold to, in ms. */
export interface Timing {
  /** How long a worker or a performer counts as alive after it was last heard of. */
  readonly lockMs: number
  /** How often each says that it is. */
  readonly checkMs: number
  /** How often a performer looks for what was lost on the way. */
  readonly sweepMs: number
  /** How often a worker tells what an operation gives out: in one message. */
  readonly outputMs: number
  /** How long an attempt waits while no worker of its place is there. */
  readonly noWorkerMs: number
  /** How long Redis may be out of reach. */
  readonly unreachableMs: number
}

export const timing: Timing = {
  lockMs: 10_000,
  checkMs: 5_000,
  sweepMs: 2_000,
  outputMs: 50,
  noWorkerMs: 30_000,
  unreachableMs: 60_000,
}
