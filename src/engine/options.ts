import type { Observable, SchedulerLike } from 'rxjs'
import type { Plan } from '../model/plan.js'
import { longestDelayMs } from '../model/limits.js'
import type { JournalPort } from '../model/journal.js'
import type { OperationRegistry } from '../model/operationType.js'

/** How a plan is run: what the plan itself does not say. */
export interface RunOptions {
  /** The operation types the plan may use. */
  readonly operations?: OperationRegistry
  /** Most attempts at once, instead of the plan's: a number, or an Observable of numbers to change it in flight; 0 pauses. */
  readonly concurrency?: number | Observable<number>
  /** Aborts the running attempts and cancels the rest; every terminal event still comes. */
  readonly signal?: AbortSignal
  /** Where time comes from. Default: asynchronous timers and the monotonic clock. */
  readonly scheduler?: SchedulerLike
  /** Makes the random delays of retries, and the run's id, repeatable. */
  readonly seed?: number
  /** Default: a random UUID. */
  readonly runId?: string
  /** In a stream: how many operations after a named one may refer to it. Default 1,000. */
  readonly lookBack?: number
  /** In a stream: what a plan says besides its operations, such as `pools`, `defaults` and `onFailure`. */
  readonly settings?: Omit<Plan, 'operations'>
  /** Where the events of the run are kept beyond its life. */
  readonly journal?: JournalPort
  /** How long an aborted attempt may take to end, in ms. Default 5,000. */
  readonly graceMs?: number
}

/** Throws on an option that no timer or counter could work with. */
export function checkOptions(options: RunOptions): void {
  const { graceMs, lookBack, seed, concurrency } = options
  check('graceMs', graceMs, 0, longestDelayMs)
  check('lookBack', lookBack, 0, Number.MAX_SAFE_INTEGER)
  check('seed', seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  if (typeof concurrency === 'number') check('concurrency', concurrency, 1, Number.MAX_SAFE_INTEGER)
}

export function check(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least && value <= most)) return
  throw new RangeError(`${name}: expected a whole number from ${least} to ${most}, received ${value}.`)
}
