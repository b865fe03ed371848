import type { When } from '../plan.js'
import type { AttemptContext } from '../work.js'
import { each } from './each.js'
import { makeOperation } from './makeOperation.js'
import {
  noSettings,
  type Given,
  type GivenOutcomes,
  type Operation,
  type OperationNeeds,
  type OperationSettings,
  type Performer,
  type ResultOf,
} from './operation.js'

type Success = OperationSettings & { readonly when?: 'success' }
type Otherwise = OperationSettings & { readonly when: Exclude<When, 'success'> }

function create<W>(id: string, perform: (context: AttemptContext) => W, settings?: OperationSettings): Operation<ResultOf<W>>
function create<N extends OperationNeeds, W>(
  id: string,
  needs: N,
  perform: (given: Given<N>, context: AttemptContext) => W,
  settings?: Success,
): Operation<ResultOf<W>>
function create<N extends OperationNeeds, W>(
  id: string,
  needs: N,
  perform: (given: GivenOutcomes<N>, context: AttemptContext) => W,
  settings: Otherwise,
): Operation<ResultOf<W>>
function create(id: string, first: unknown, second?: unknown, third?: unknown): Operation {
  // The overloads say which of the two forms it is: without the operations it needs, or with them.
  if (typeof first === 'function') {
    const perform = first as (context: AttemptContext) => never
    return makeOperation(id, {
      type: 'function',
      needs: noNeeds,
      perform: (_given, context) => perform(context),
      settings: settingsOf(second),
    })
  }
  return makeOperation(id, { type: 'function', needs: first as OperationNeeds, perform: second as Performer, settings: settingsOf(third) })
}

const noNeeds: OperationNeeds = {}

function settingsOf(given: unknown): OperationSettings {
  return (given as OperationSettings | undefined) ?? noSettings
}

/**
 * An operation written as a function, for a batch put together in code.
 *
 * The function may give a value, a promise, an Observable or an async iterable (the last value counts), or a `TaskEither`; what it
 * throws, rejects with or gives as `Left` fails the attempt. It gets the values of the operations it needs under their names, and
 * starts when they have succeeded; with another `when` it gets their outcomes. `context.signal` is aborted on timeout, cancel and
 * unsubscribe.
 *
 * `operation.each` runs a function once for each item of an earlier list.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, valueOf } from 'millrace'
 * const words = operation('words', () => Promise.resolve(['mill', 'race']))
 * const text = operation('text', { words }, ({ words }) => words.join(''))
 * const value = await lastValueFrom(runBatch([words, text]).pipe(valueOf(text)))
 * value // => 'millrace'
 * ```
 * @see {@link defineOperation} for a kind of operation that plans can name
 * @since 0.1.0
 */
export const operation: typeof create & { readonly each: typeof each } = Object.assign(create, { each })
