/** What one process measured of one contender in one case. */
export interface Sample {
  readonly operations: number
  /** CPU time of the process while it did the work: user and system, all threads. */
  readonly cpuMs: number
  readonly wallMs: number
  /** The most memory the process ever had. */
  readonly peakMb: number
  /** What the CPU time went to, in ms, in the order it was spent: of contenders that know. */
  readonly parts?: Readonly<Record<string, number>>
  /** CPU time of reading the plan, in µs an operation, where that is not part of `cpuMs`. */
  readonly readingUs?: number
  /** Of sleeping operations. */
  readonly schedule?: Schedule
  /** What was done wrong. Empty when all is well. */
  readonly problems: readonly string[]
}

/** How long a run took beside the least that any schedule could take. */
export interface Schedule {
  readonly makespanMs: number
  /** max(critical path, work ÷ concurrency), of the durations the bodies really had. */
  readonly boundMs: number
}

/** What a process found held in the middle of a run, beyond what was there before it. */
export interface Holding {
  readonly bytesPerOperation: number
}
