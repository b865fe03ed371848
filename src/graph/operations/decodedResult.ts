import type * as t from 'io-ts'
import { problemOf, pathOf } from '../../model/codec/problem.js'
import { formatPath } from '../../model/fault/formatPath.js'
import { quoteText } from '../../model/fault/quote.js'
import { OperationFailure } from '../../model/operationError.js'
import { operationName, type OperationType } from '../../model/operationType.js'

/** The result of an attempt that was performed elsewhere. Throws where it is not what the operation type gives. */
export function decodedResult(operationType: OperationType, encoded: unknown): unknown {
  const decoded = operationType.result.decode(encoded)
  if (decoded._tag === 'Right') return decoded.right
  throw new OperationFailure({ type: 'queue', message: misfit(operationType, decoded.left[0]!), retryable: false })
}

function misfit(operationType: OperationType, error: t.ValidationError): string {
  const problem = problemOf(error)
  const at = formatPath(pathOf(error))
  const what =
    problem === undefined || problem.type === 'further-errors'
      ? `no ${error.context.at(-1)!.type.name}`
      : `a ${problem.type.replace('-', ' ')}`
  return `A worker returned ${what} ${at === '' ? 'as the result' : `at ${at} in the result`} of ${quoteText(operationName(operationType))}.\nUse the same version of it on the workers as in the run.`
}
