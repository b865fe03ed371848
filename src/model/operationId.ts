import type * as t from 'io-ts'
import { withSchema } from './codec/withSchema.js'

interface OperationIdBrand {
  readonly OperationId: unique symbol
}

/** The name of an operation within its plan: 1 to 128 characters, without `.` (it separates a reference's keys) and white space. */
export type OperationId = t.Branded<string, OperationIdBrand>

const pattern = /^[^.\s]{1,128}$/u
const [space, dot, del] = [0x20, 0x2e, 0x7f]

export function isOperationId(value: unknown): value is OperationId {
  return typeof value === 'string' && (isPlainId(value) || pattern.test(value))
}

/** Whether an id is made of visible ASCII alone, as nearly all are: told at a third of what the pattern costs. */
function isPlainId(id: string): boolean {
  const { length } = id
  if (length === 0 || length > 128) return false
  for (let at = 0; at < length; at++) {
    const code = id.charCodeAt(at)
    if (code <= space || code >= del || code === dot) return false
  }
  return true
}

export const OperationId = withSchema<OperationId>(
  'an id of 1 to 128 characters without "." and white space',
  { type: 'string', minLength: 1, maxLength: 128, pattern: '^[^.\\s]+$' },
  isOperationId,
)
