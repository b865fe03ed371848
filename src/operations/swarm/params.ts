import { described } from '../../model/codec/described.js'

import { withSchema, type WithSchema } from '../../model/codec/withSchema.js'
import { OperationFailure } from '../../model/operationError.js'

const pattern = /^[^.\s/]{1,64}$/u

/** The name of a swarm or of an agent; `all` stands for everyone. */
export const Name: WithSchema<string> = withSchema(
  'a name of 1 to 64 characters without ".", "/" and white space, other than "all"',
  { type: 'string', minLength: 1, maxLength: 64, pattern: '^[^.\\s/]+$' },
  (value): value is string => typeof value === 'string' && pattern.test(value) && value !== 'all',
)

/** What a swarm is called when its plan does not say. */
export const defaultName = 'main'

export const swarmField = described(Name, 'Name or id of the swarm. Default: main.')

export function invalid(field: string, message: string): OperationFailure {
  return new OperationFailure({ type: 'invalid-params', message: `params.${field}: ${message}`, retryable: false, at: [field] })
}
