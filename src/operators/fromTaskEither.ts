import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { concatMap, defer, type Observable, of, throwError } from 'rxjs'

/**
 * Turns a `TaskEither` into a cold Observable: each subscription runs it once.
 *
 * Emits the right value and completes, or errors with the left value. A running task cannot be stopped: unsubscribing only stops listening.
 * An operation does not need this: it can return a `TaskEither`.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import * as TE from 'fp-ts/lib/TaskEither.js'
 * import { fromTaskEither } from 'millrace'
 * await lastValueFrom(fromTaskEither(TE.right(7))) // => 7
 * ```
 * @see {@link toTaskEither} for the way back
 * @since 0.1.0
 */
export function fromTaskEither<E, A>(task: TaskEither<E, A>): Observable<A> {
  return defer(task).pipe(concatMap((either) => (either._tag === 'Right' ? of(either.right) : throwError(() => either.left))))
}
