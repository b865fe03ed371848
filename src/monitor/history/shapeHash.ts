import type { Plan } from '../../model/plan.js'

/**
 * A hash of what a plan's operations are called, what they are, and which wait for which: 16 hex digits.
 *
 * Two runs are comparable only with the same. Parameters do not count, nor does the order of the list. Not against someone who
 * tries: two plans made to collide may.
 *
 * @example
 * ```ts
 * import { shapeHash } from 'millrace/report'
 * const a = { id: 'a', type: 'file', operation: 'read', params: { path: 'a.txt' } }
 * const other = { ...a, params: { path: 'b.txt' } }
 * shapeHash({ operations: [a] }) === shapeHash({ operations: [other] }) // => true
 * ```
 * @since 0.1.0
 */
export function shapeHash({ operations }: { readonly operations: readonly ShapedOperation[] }): string {
  let [high, low] = [0, 0]
  operations.forEach(({ id, type, operation, dependencies = [] }, index) => {
    const text = JSON.stringify([id ?? `op${index + 1}`, type, operation, [...new Set(dependencies)].sort()])
    const [h1, h2] = hashOf(text)
    // A sum does not depend on the order.
    high = (high + h1) >>> 0
    low = (low + h2) >>> 0
  })
  return hex(high) + hex(low)
}

/** What of an operation counts for the shape of its plan. */
export type ShapedOperation = Pick<Plan['operations'][number], 'type' | 'operation'> & {
  readonly id?: string
  readonly dependencies?: readonly string[]
}

/** cyrb53 (bryc, 2018; public domain), both halves kept: 64 bits, well mixed, with nothing but 32-bit products. */
function hashOf(text: string): readonly [number, number] {
  let [h1, h2] = [0xdeadbeef, 0x41c6ce57]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    h1 = Math.imul(h1 ^ code, 2654435761)
    h2 = Math.imul(h2 ^ code, 1597334677)
  }
  const first = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909)
  const second = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909)
  return [first >>> 0, second >>> 0]
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0')
}
