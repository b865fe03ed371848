import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { OperationError } from '../../../src/model/operationError.js'
import type { OperationType } from '../../../src/model/operationType.js'
import type { AttemptContext } from '../../../src/model/work.js'
import { fileOperationsIn } from '../../../src/operations/file/fileOperations.js'
import { rootsOf, type SpaceOptions } from '../../../src/operations/file/confine/roots.js'
import { attemptContext } from '../../support/attemptContext.js'

/** The file operations of some roots, as a run would attempt them. */
export interface FileBench {
  /** What an attempt comes to. */
  readonly attempt: (operation: string, params: object, context?: AttemptContext) => Promise<E.Either<OperationError, unknown>>
  /** The value of an attempt that must succeed. */
  readonly value: (operation: string, params: object, context?: AttemptContext) => Promise<unknown>
  /** The error of an attempt that must fail, without its cause. */
  readonly error: (operation: string, params: object, context?: AttemptContext) => Promise<unknown>
  readonly type: (operation: string) => OperationType
}

export function fileBench(options: SpaceOptions | string, hold?: Parameters<typeof rootsOf>[1]): FileBench {
  const space = rootsOf(typeof options === 'string' ? { roots: [options] } : options, hold)
  // What the types get here has been decoded by their own codecs, as in a registry.
  const types = new Map(fileOperationsIn(space).map((type) => [type.operation, type as OperationType]))
  const typeOf = (operation: string): OperationType => types.get(operation)!

  const attempt: FileBench['attempt'] = async (operation, params, context = attemptContext()) => {
    const type = typeOf(operation)
    const decoded = type.params.decode(params)
    if (E.isLeft(decoded)) throw new Error(`${operation} takes no ${JSON.stringify(params)}`)
    const outcome = await (type.perform(decoded.right, context) as TaskEither<OperationError, unknown>)()
    if (E.isRight(outcome) && !type.result.is(outcome.right))
      throw new Error(`${operation} declares no such result: ${JSON.stringify(outcome.right)}`)
    return outcome
  }
  return {
    attempt,
    value: async (operation, params, context) => {
      const outcome = await attempt(operation, params, context)
      if (E.isLeft(outcome)) throw new Error(`${operation} failed: ${outcome.left.message}`)
      return outcome.right
    },
    error: async (operation, params, context) => {
      const outcome = await attempt(operation, params, context)
      if (E.isRight(outcome)) throw new Error(`${operation} succeeded: ${JSON.stringify(outcome.right)}`)
      const { cause: _, ...error } = outcome.left
      return error
    },
    type: typeOf,
  }
}
