import { defineOperation, operationRegistry } from '../../src/index.js'
import { closed, integer } from '../../src/codec.js'

const params = closed('params of number.double', { of: integer() }, {})

/** An operation that does next to nothing. */
export const doublings = operationRegistry([
  defineOperation({
    type: 'number',
    operation: 'double',
    summary: 'Doubles a number.',
    params,
    result: integer(),
    perform: ({ of }) => 2 * of,
  }).operationType,
])

export function doublePlan(count: number, place: string): readonly object[] {
  return Array.from({ length: count }, (_, of) => ({ id: `double${of}`, type: 'number.double', place, params: { of } }))
}
