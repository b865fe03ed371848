import type * as t from 'io-ts'
import { withSchema } from './codec/withSchema.js'

interface OperationIdBrand {
  readonly OperationId: unique symbol
}

/**
 * The name of an operation within its plan: 1 to 128 characters without control characters, halves of surrogate pairs and `=`, which
 * does not begin with `-` and has no blanks around it.
 */
export type OperationId = t.Branded<string, OperationIdBrand>

const pattern = /^(?![-\s])[^\p{Cc}\p{Cs}=]{1,128}(?<!\s)$/u

export function isOperationId(value: unknown): value is OperationId {
  return typeof value === 'string' && pattern.test(value)
}

export const OperationId = withSchema<OperationId>(
  'an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-"',
  {
    type: 'string',
    minLength: 1,
    maxLength: 128,
    pattern: '^(?![-\\s])[^=\\u0000-\\u001f\\u007f-\\u009f]*[^=\\s\\u0000-\\u001f\\u007f-\\u009f]$',
  },
  isOperationId,
)
