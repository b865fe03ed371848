import type { Shape } from './shape.js'
import type { Work } from './work.js'

/** What every contender is given. */
export interface Job {
  readonly shape: Shape
  readonly work: Work
  readonly concurrency: number
}

/** A contender with its input made: what is timed is `run`. */
export interface Prepared {
  readonly run: () => void | Promise<void>
  /** CPU time, in µs an operation, of what had to be done before and is part of its work all the same: reading the plan. */
  readonly reading?: number
}

export interface Contender {
  readonly prepare: (job: Job) => Prepared | Promise<Prepared>
}
