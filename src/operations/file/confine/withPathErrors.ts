import { OperationFailure } from '../../../model/operationError.js'
import { systemError } from '../../systemError.js'
import { shownPath } from './shownPath.js'

/** The same work, with errors of the operating system told about the path as the plan names it. */
export function withPathErrors<A>(label: string, work: Promise<A>): Promise<A> {
  return work.catch((thrown: unknown) => {
    throw pathFailure(label, thrown)
  })
}

/** The same for work that is done at once. */
export function withPathErrorsNow<A>(label: string, work: () => A): A {
  try {
    return work()
  } catch (error) {
    throw pathFailure(label, error)
  }
}

/** What was thrown, told about a path. */
export function pathFailure(label: string, thrown: unknown): OperationFailure {
  return thrown instanceof OperationFailure ? thrown : new OperationFailure(systemError(thrown, shownPath(label)))
}
