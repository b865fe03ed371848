import type { When } from '../plan.js'
import type { AttemptContext } from '../work.js'
import { each } from './each.js'
import { aFunction, isPromiseLike } from '../options/kinds.js'
import { refuse } from '../options/checkOptions.js'
import type { OptionFault } from '../options/optionFault.js'
import { callOf, checkId, makeOperation } from './makeOperation.js'
import {
  noSettings,
  type Given,
  type GivenOutcomes,
  type Operation,
  type OperationNeeds,
  type OperationSettings,
  type FunctionBody,
  type ResultOf,
} from './operation.js'
import { misplacedNeeds, needsFaults, settingFaults } from './settingKinds.js'

type Success = OperationSettings & { readonly when?: 'success' }
type Otherwise = OperationSettings & { readonly when: Exclude<When, 'success'> }

// The compiler reports what is wrong by the last one that a call may mean: of a form without needs, and of one with needs and the usual gate.
function create<N extends OperationNeeds, W>(
  id: string,
  needs: N,
  perform: (given: GivenOutcomes<N>, context: AttemptContext) => W,
  settings: Otherwise,
): Operation<ResultOf<W>>
function create<N extends OperationNeeds, W>(
  id: string,
  needs: N,
  perform: (given: Given<N>, context: AttemptContext) => W,
  settings?: Success,
): Operation<ResultOf<W>>
function create<W>(id: string, perform: (context: AttemptContext) => W, settings?: OperationSettings): Operation<ResultOf<W>>
function create(id: string, first: unknown, second?: unknown, third?: unknown): Operation {
  // The overloads say which of the two forms it is: without the operations it needs, or with them.
  checkId(id)
  const bare = typeof first === 'function' || second === undefined || isPromiseLike(first)
  const [needs, perform, settings] = bare ? [noNeeds, first, second] : [first, second, third]
  if (settings !== undefined || !bare || typeof first !== 'function')
    refuse(callOf('operation', id), operationFaults(needs, perform, settings))
  const work = perform as (...given: readonly unknown[]) => never
  return makeOperation(id, {
    type: 'function',
    needs: needs as OperationNeeds,
    perform: bare ? (_given, context) => work(context) : (work as FunctionBody),
    settings: (settings as OperationSettings | undefined) ?? noSettings,
  })
}

const noNeeds: OperationNeeds = {}

function operationFaults(needs: unknown, perform: unknown, settings: unknown): readonly OptionFault[] {
  const misplaced = needs === noNeeds ? misplacedNeeds(settings) : []
  return [...needsFaults(needs), ...aFunction.faults(perform, ['perform']), ...(misplaced.length > 0 ? misplaced : settingFaults(settings))]
}

/**
 * Makes an operation from a function, for a batch built in code.
 *
 * The function can return a value, a promise, an Observable or an async iterable (the last value counts), or a `TaskEither`. What it
 * throws, rejects with or returns as `Left` fails the attempt. It receives the values of the operations it needs by their names, and starts
 * after they have succeeded; with another `when` it receives their outcomes. `context.signal` is aborted on timeout, cancel and
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
