import type * as t from 'io-ts'
import { withSchema } from './codec/withSchema.js'

interface OperationIdBrand {
  readonly OperationId: unique symbol
}

/** The name of an operation within its plan: 1 to 128 characters, without `.` (it separates a reference's keys) and white space. */
export type OperationId = t.Branded<string, OperationIdBrand>

const pattern = /^[^.\s]{1,128}$/u

export function isOperationId(value: unknown): value is OperationId {
  return typeof value === 'string' && pattern.test(value)
}

export const OperationId = withSchema<OperationId>(
  'an id of 1 to 128 characters without "." and white space',
  { type: 'string', minLength: 1, maxLength: 128, pattern: '^[^.\\s]+$' },
  isOperationId,
)
