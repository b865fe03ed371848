import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { setOwn } from '../../model/codec/plainObject.js'
import { anyJson } from '../../model/codec/values.js'
import { madeInCode } from '../../model/code/madeInCode.js'
import { type Made, type Operation } from '../../model/code/operation.js'
import { noEffects } from '../../model/effects.js'
import type { Results, CompiledOperation } from '../../model/graph.js'
import { OperationFailure } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import type { Outcome } from '../../model/outcome.js'
import { quoteText } from '../../model/fault/quote.js'
import { retryPolicyOf } from '../../model/plan.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { GivenParams, CompiledPlanOperation } from './compiledOperation.js'
import { startOperation } from './startOperation.js'

const nothing: OperationType['params'] = closed('the params of an operation made in code', {}, {}) as t.Type<unknown, unknown, unknown>

/** Operations made in code declare no effects: what orders them is what they need. */
const codeType = (operation: string, coordinates: boolean): OperationType => ({
  type: 'code',
  operation,
  summary: 'A function of the program that runs the batch.',
  params: nothing,
  result: anyJson,
  effects: noEffects,
  coordinates,
  perform: () => undefined,
})
const functionType = codeType('function', false)
const eachType = codeType('each', true)

export function typeOfMade(operation: Operation): OperationType {
  const made = operation[madeInCode]
  switch (made.type) {
    case 'function':
      return functionType
    case 'each':
      return eachType
    case 'typed':
      return made.operationType as unknown as OperationType // Only its own codec's values are given to it.
  }
}

/** What all functions are given as params. */
export const noParams: GivenParams = { type: 'decoded', params: {} }

/** How the engine starts operations of a type. */
export function startOf(operationType: OperationType): CompiledOperation['start'] {
  return operationType === functionType ? startFunction : operationType === eachType ? startEach : startOperation
}

/** Whether operations of a type are given no params: those made of a function. */
export function takesNone(operationType: OperationType): boolean {
  return operationType === functionType || operationType === eachType
}

export function isEachType(operationType: OperationType): boolean {
  return operationType === eachType
}

function startFunction(task: CompiledOperation, context: AttemptContext, results: Results): Work<unknown> {
  const { made, needs, when } = task as CompiledPlanOperation // It is put into such tasks alone.
  const { perform, needs: named } = made as Extract<Made, { readonly type: 'function' }>
  const given: Record<string, unknown> = {}
  if (needs.length > 0)
    Object.keys(named).forEach((name, place) => {
      const index = needs[place]!
      setOwn(given, name, when === 'success' ? results.get(index) : results.outcome(index))
    })
  return perform(given, context)
}

function startEach(task: CompiledOperation, context: AttemptContext, results: Results): Work<unknown> {
  const { made, needs, id } = task as CompiledPlanOperation
  const { perform, settings } = made as Extract<Made, { readonly type: 'each' }>
  const { timeoutMs, retry } = settings
  const limits = { ...(timeoutMs !== undefined && { timeoutMs }), ...(retry !== undefined && { retry: retryPolicyOf(retry) }) }
  // Its type says that it is a list; the operation that gives it was asked for one by the compiler.
  const items = [...(results.get(needs[0]!) as Iterable<unknown>)]
  const children = items.map((item, place) => ({ id: `${id}[${place}]`, perform: (own: AttemptContext) => perform(item, own), ...limits }))
  return Promise.all(children.map((child) => context.child(child))).then((outcomes) => valuesOf(id, outcomes))
}

function valuesOf(id: string, outcomes: readonly Outcome[]): readonly unknown[] {
  const values: unknown[] = []
  const others = outcomes.flatMap((outcome, place) => (outcome.type === 'succeeded' ? [] : [{ outcome, place }]))
  const first = others[0]
  if (first === undefined) {
    for (const outcome of outcomes) if (outcome.type === 'succeeded') values.push(outcome.value)
    return values
  }
  const { outcome, place } = first
  const why = outcome.type === 'failed' ? outcome.error.message : outcome.type
  const message = `${others.length} of ${outcomes.length} items did not succeed; the first is ${quoteText(`${id}[${place}]`)}: ${why}`
  throw new OperationFailure({ type: 'thrown', message, retryable: false, ...(outcome.type === 'failed' && { cause: outcome.error }) })
}
