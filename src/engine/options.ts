import type { Observable, SchedulerLike } from 'rxjs'
import type { Plan } from '../model/plan.js'
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

/** Thrown in a subscriber, so that RxJS reports it as any unhandled error; the limit stays as it was. */
export function checkedConcurrency(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit
  throw new RangeError(`concurrency: ${limit} is not a whole number of at least 0.`)
}
