import type { AttemptContext } from '../work.js'
import { makeOperation } from './makeOperation.js'
import type { ItemPerformer, Operation, OperationSettings, ResultOf } from './operation.js'

/**
 * An operation that runs a function once for each item of an earlier operation's list, and gives the list of results in its order.
 *
 * Each item is an operation of its own, `id[0]`, `id[1]`, … with `parent`: it has its events, counts against concurrency and the pool,
 * and takes `timeoutMs` and `retry`. The whole holds no slot. When an item fails, the others still end, then the whole fails.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, valueOf } from 'millrace'
 * const words = operation('words', () => ['mill', 'race'])
 * const lengths = operation.each('lengths', words, (word) => word.length)
 * const value = await lastValueFrom(runBatch([words, lengths]).pipe(valueOf(lengths)))
 * value // => [4, 4]
 * ```
 * @since 0.1.0
 */
export function each<A, W>(
  id: string,
  items: Operation<Iterable<A>>,
  perform: (item: A, context: AttemptContext) => W,
  settings: OperationSettings & { readonly when?: 'success' } = {},
): Operation<readonly ResultOf<W>[]> {
  // The engine gives it the items of that very operation.
  return makeOperation(id, { type: 'each', items, perform: perform as ItemPerformer, settings })
}
