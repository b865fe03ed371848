import type { Plan } from '../../model/plan.js'
import { hashWords, wordsAsHex } from '../../model/text/textHash.js'

/**
 * Makes a hash of the ids, types and edges of the operations of a plan: 16 hex digits.
 *
 * Two runs are comparable only with the same hash or the same plan name. Params count by their fingerprint `shape`, if it is given; the
 * order of the list does not count. It is not cryptographic: two plans can be made to collide.
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
  operations.forEach(({ id, type, operation, dependencies = [], shape }, index) => {
    const waitsFor = dependencies.length > 1 ? [...new Set(dependencies)].sort() : dependencies
    const parts = [id ?? `op${index + 1}`, type, operation, waitsFor, ...(shape === undefined ? [] : [shape])]
    const text = JSON.stringify(parts)
    const [h1, h2] = hashWords(text)
    // A sum does not depend on the order.
    high = (high + h1) >>> 0
    low = (low + h2) >>> 0
  })
  return wordsAsHex(high, low)
}

/** The fields of an operation that count for the shape of its plan. */
export type ShapedOperation = Pick<Plan['operations'][number], 'type' | 'operation'> & {
  readonly id?: string
  readonly dependencies?: readonly string[]
  /** The fingerprint of its params without content, body and stdin: `ls` and `sleep 1` are two plans. */
  readonly shape?: string
}
