import { refuse } from '../options/checkOptions.js'
import { aFunction, flag, kind } from '../options/kinds.js'
import type { Outcome } from '../outcome.js'
import { callOf, checkId, makeOperation } from './makeOperation.js'
import {
  noSettings,
  type Given,
  type ItemContext,
  type ItemPerformer,
  type ItemSettings,
  type Needed,
  type Operation,
  type OperationNeeds,
  type OperationSettings,
  type ResultOf,
} from './operation.js'
import { hasId } from './hasId.js'
import { needsFaults, settingFaults } from './settingKinds.js'

/** The settings of `operation.each`: `timeoutMs`, `retry` and `fallback` apply to each item. */
export interface EachSettings<A, R> extends Omit<OperationSettings, 'when' | 'weight' | 'fallback'> {
  readonly when?: 'success'
  /** Taken in the place of an item's last failure. */
  readonly fallback?: R
  /** Shown to people besides the position of an item in the list, as part of its id: `id[0: label]`. */
  readonly label?: (item: A) => string
  readonly settle?: false
}

/** The same with `settle: true`: the operation always succeeds, with the outcome of each item. */
export interface SettledEachSettings<A, R> extends Omit<EachSettings<A, R>, 'settle'> {
  readonly settle: true
}

/**
 * An operation that runs a function once for each item of an earlier operation's list, and gives the list of results in its order.
 *
 * Each item is an operation of its own, `id[0]`, `id[1]`, … with `parent`: it has its events, counts against concurrency and the pool,
 * and takes `timeoutMs`, `retry` and `fallback`. The whole holds no slot. When an item fails, the others still end, then the whole
 * fails; with `settle` it gives the outcome of each item instead. With needs, the function gets their values between the item and the context.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, valueOf } from 'millrace'
 * const words = operation('words', () => ['mill', 'race'])
 * const end = operation('end', () => '!')
 * const loud = operation.each('loud', words, { end }, (word, { end }, { index }) => `${index} ${word}${end}`)
 * const value = await lastValueFrom(runBatch([words, end, loud]).pipe(valueOf(loud)))
 * value // => ['0 mill!', '1 race!']
 * ```
 * @since 0.1.0
 */
export function each<A, N extends OperationNeeds, W>(
  id: string,
  items: Needed<Iterable<A>>,
  needs: N,
  perform: (item: A, given: Given<N>, context: ItemContext) => W,
  settings: SettledEachSettings<A, ResultOf<W>>,
): Operation<readonly Outcome<ResultOf<W>>[]>
export function each<A, N extends OperationNeeds, W>(
  id: string,
  items: Needed<Iterable<A>>,
  needs: N,
  perform: (item: A, given: Given<N>, context: ItemContext) => W,
  settings?: EachSettings<A, ResultOf<W>>,
): Operation<readonly ResultOf<W>[]>
export function each<A, W>(
  id: string,
  items: Needed<Iterable<A>>,
  perform: (item: A, context: ItemContext) => W,
  settings: SettledEachSettings<A, ResultOf<W>>,
): Operation<readonly Outcome<ResultOf<W>>[]>
export function each<A, W>(
  id: string,
  items: Needed<Iterable<A>>,
  perform: (item: A, context: ItemContext) => W,
  settings?: EachSettings<A, ResultOf<W>>,
): Operation<readonly ResultOf<W>[]>
export function each(id: string, items: Needed, first: unknown, second?: unknown, third?: unknown): Operation<readonly unknown[]> {
  checkId(id)
  const bare = typeof first === 'function' || second === undefined
  const [needs, perform, settings] = bare ? [{}, first, second] : [first, second, third]
  refuse(callOf('operation.each', id), [
    ...itemsKind.faults(items, ['items']),
    ...needsFaults(needs),
    ...aFunction.faults(perform, ['perform']),
    ...settingFaults(settings, itemSettings),
  ])
  const { settle, label, timeoutMs, retry, fallback, ...others }: OperationSettings & ItemSettings = settings ?? {}
  const work = perform as (...given: readonly unknown[]) => never
  return makeOperation(id, {
    type: 'each',
    items,
    needs: needs as OperationNeeds,
    // The engine gives it the items of that very operation.
    perform: bare ? (item, _given, context) => work(item, context) : (work as ItemPerformer),
    settings: Object.keys(others).length === 0 ? noSettings : others,
    limits: { timeoutMs, retry, fallback },
    settle,
    label,
  })
}

const itemsKind = kind('the operation that returns the list', hasId, (value) =>
  Array.isArray(value) ? 'Make it one: operation("items", () => [...]).' : undefined,
)

const itemSettings = { settle: flag, label: aFunction }
