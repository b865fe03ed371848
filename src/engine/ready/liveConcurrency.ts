import type { Observable, Subscription } from 'rxjs'
import { operationErrorOf } from '../../model/operationError.js'
import { stopRun } from '../flow/stopRun.js'
import type { RunContext } from '../flow/runContext.js'

/** Follows the limit that a caller changes in flight. When that fails, or gives no limit, the last one holds and the summary tells. */
export function liveConcurrency(run: RunContext, limits: Observable<number>): Subscription {
  const failed = (thrown: unknown): void => stopRun(run, { type: 'source', error: operationErrorOf(thrown) })
  return limits.subscribe({
    next(limit) {
      if (!Number.isSafeInteger(limit) || limit < 0)
        return failed(new RangeError(`concurrency: ${limit} is not a whole number of at least 0.`))
      run.slot.limit(limit)
      run.loop.drain()
    },
    error: failed,
  })
}
