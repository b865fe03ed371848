import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { OperationError } from '../model/operationError.js'
import { systemError } from './systemError.js'

/**
 * One attempt written as an async function: what it throws becomes a typed error here, and nowhere else.
 *
 * `path`, as the plan names it, is told in errors that come from the operating system.
 */
export function body<A>(perform: () => Promise<A>, path?: string): TaskEither<OperationError, A> {
  return () =>
    perform().then(
      (value): E.Either<OperationError, A> => E.right(value),
      (thrown: unknown) => E.left(systemError(thrown, path)),
    )
}
