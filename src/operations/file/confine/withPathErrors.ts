import { OperationFailure } from '../../../model/operationError.js'
import { codedError, errorCode } from '../../../system/errorCode.js'
import { systemError } from '../../systemError.js'
import { shownPath } from './shownPath.js'

/** The same work; errors of the operating system name the path as the plan does. */
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

/** What was thrown, as an error that names a path of the plan. */
export function pathFailure(label: string, thrown: unknown): OperationFailure {
  return thrown instanceof OperationFailure ? thrown : new OperationFailure(systemError(withoutHandles(thrown, label), shownPath(label)))
}

/** Paths of handles, which mean something in this process alone, in what an error of the system says of itself. */
const handlePath = /\/proc\/self\/fd\/\d+(?:\/[^']*)?/g

function withoutHandles(thrown: unknown, label: string): unknown {
  if (!(thrown instanceof Error) || !thrown.message.includes('/proc/self/fd/')) return thrown
  const { message } = thrown
  return codedError(errorCode(thrown) ?? '', message.replaceAll(handlePath, label))
}
