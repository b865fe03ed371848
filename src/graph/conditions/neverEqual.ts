import type * as t from 'io-ts'
import { shapeOf } from '../../model/codec/shape.js'
import type { Referred } from '../params/knownOperations.js'
import type { ResultPath } from '../params/resultPath.js'
import { resultCodecAt } from '../params/unknownResultPath.js'

/** The kinds of value that are easily written for one another. */
export type ScalarKind = 'text' | 'number' | 'boolean'

/** By the names that JavaScript and JSON Schema have for them. */
const kinds = new Map<unknown, ScalarKind>([
  ['string', 'text'],
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
])

export function scalarKind(value: unknown): ScalarKind | undefined {
  return kinds.get(typeof value)
}

/** What a value at this place is, wherever its type says that it is nothing else. */
export function declaredKind({ operationType, fallback }: Referred, { keys }: ResultPath): ScalarKind | undefined {
  // A fallback is a result too, of whatever kind it is.
  if (operationType === undefined || fallback !== undefined) return undefined
  const codec = resultCodecAt(operationType.result as t.Mixed, keys)
  const shape = codec && shapeOf(codec)
  return shape?._tag === 'WithSchema' ? kinds.get(shape.schema['type']) : undefined
}

/**
 * Whether a value of an input was written for one of another kind: the text "8080" for the number. An input may have values of several
 * kinds, so only those count that would be equal, or could be, were they of the same.
 */
export function writtenAlike(value: unknown, operand: unknown): boolean {
  const [text, other] = typeof value === 'string' ? [value, operand] : [operand, value]
  if (typeof text !== 'string') return false
  if (typeof other === 'boolean') return text === 'true' || text === 'false'
  return typeof other === 'number' && text.trim() !== '' && Number.isFinite(Number(text))
}
