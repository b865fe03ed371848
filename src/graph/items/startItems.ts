import type { CompiledOperation, Results } from '../../model/graph.js'
import { OperationFailure } from '../../model/operationError.js'
import type { Outcome } from '../../model/outcome.js'
import { quoteText, quoteValue } from '../../model/fault/quote.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { CompiledPlanOperation, EachItem } from '../operations/compiledOperation.js'
import { valueAt } from '../params/resultPath.js'
import { itemOperations } from './itemOperations.js'
import { runItems } from './runItems.js'

/** Runs an operation once for each of its items. The whole holds no slot. */
export function startItems(operation: CompiledOperation, context: AttemptContext, results: Results): Work<unknown> {
  const whole = operation as CompiledPlanOperation // It is the start of such types alone.
  const each = whole.extras.each!
  const list = listOf(whole, each, results)
  takeItems(results, list.length, each)
  const items = itemOperations(whole, each, list, { context, results })
  return runItems(items, each.infer, context).then((outcomes) => (each.settle ? outcomes : valuesOf(items, outcomes)))
}

function listOf({ given, sources }: CompiledPlanOperation, { items }: EachItem, results: Results): readonly unknown[] {
  if (items.type === 'list') return items.list
  const { id, keys, text } = items.pointer
  const index = given.type === 'unresolved' ? given.planSources.indexOf(id) : sources[0]
  const value = index === undefined || !results.has(index) ? undefined : valueAt(results.get(index), keys)
  if (Array.isArray(value)) return value as readonly unknown[]
  const message = `each: the reference ${quoteText(text)} leads to ${quoteValue(value)}, which is not a list.\nRefer to a list.`
  throw new OperationFailure({ type: 'invalid-params', message, retryable: false, at: ['each'], reference: text })
}

/** Items that a run has had so far. Its results are one object for each run. */
const itemsOf = new WeakMap<Results, number>()

function takeItems(results: Results, count: number, { most }: EachItem): void {
  const before = itemsOf.get(results) ?? 0
  if (before + count > most) {
    const message = `${count} items are too many: this run has room for ${most - before} of at most 100,000 operations.\nSplit the list, or stream its items.`
    throw new OperationFailure({ type: 'too-many-items', message, retryable: false, limit: most - before })
  }
  itemsOf.set(results, before + count)
}

function valuesOf(items: readonly CompiledOperation[], outcomes: readonly Outcome[]): readonly unknown[] {
  const failed = outcomes.flatMap((outcome, place) => (outcome.type === 'succeeded' ? [] : [{ outcome, id: items[place]!.id }]))
  const [first] = failed
  if (first === undefined) return outcomes.map((outcome) => (outcome.type === 'succeeded' ? outcome.value : undefined))
  const { outcome, id } = first
  const why = outcome.type === 'failed' ? outcome.error.message : `it was ${outcome.type}`
  const message = `${failed.length} of ${outcomes.length} items did not succeed; the first is ${quoteText(id)}: ${why}`
  throw new OperationFailure({
    type: 'thrown',
    message,
    retryable: false,
    because: failed.slice(0, 100).map((other) => other.id),
    ...(outcome.type === 'failed' && { cause: outcome.error }),
  })
}
