import type { PlanPath } from '../../model/fault/fault.js'
import { formatPath } from '../../model/fault/formatPath.js'
import { OperationFailure } from '../../model/operationError.js'

/** The failure of an attempt whose parameters came out wrong: another attempt would see the same. */
export function invalidParams(at: PlanPath, text: string, reference?: string): OperationFailure {
  return new OperationFailure({
    type: 'invalid-params',
    message: `${formatPath(['params', ...at])}: ${text}`,
    retryable: false,
    at,
    ...(reference !== undefined && { reference }),
  })
}
