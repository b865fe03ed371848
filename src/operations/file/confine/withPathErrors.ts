import { OperationFailure } from '../../../model/operationError.js'
import { systemError } from '../../systemError.js'
import { shown } from '../shown.js'

/** The same work, with errors of the operating system told about the path as the plan names it. */
export function withPathErrors<A>(label: string, work: Promise<A>): Promise<A> {
  return work.catch((thrown: unknown) => {
    throw new OperationFailure(systemError(thrown, shown(label)))
  })
}
