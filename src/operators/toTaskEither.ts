import { left, right } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { lastValueFrom, type Observable } from 'rxjs'
import { InvalidPlanError } from '../engine/invalidPlanError.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import { summarize, type Report } from './summarize.js'

/**
 * Turns a run into a `TaskEither` of its report: nothing runs until it is called, and each call is a separate run.
 *
 * Failed operations are in the report, on the right: `report.ok` is false if there are any. The left is a plan that cannot run. It rejects
 * only with a defect of this library.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as TE from 'fp-ts/lib/TaskEither.js'
 * import { operation, runBatch, toTaskEither } from 'millrace'
 * const total = pipe(
 *   toTaskEither(runBatch([operation('a', () => 7)])),
 *   TE.map((report) => report.counts.total),
 * )
 * await total() // => E.right(1)
 * ```
 * @see {@link outcomeToEither} for the outcome of each operation in the report
 * @since 0.1.0
 */
export function toTaskEither(run: Observable<AnyEvent>): TaskEither<InvalidPlanError, Report> {
  return () =>
    lastValueFrom(run.pipe(summarize())).then(right, (error: unknown) => {
      if (error instanceof InvalidPlanError) return left(error)
      throw error
    })
}
