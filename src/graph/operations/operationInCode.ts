import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyJson } from '../../model/codec/values.js'
import { madeInCode } from '../../model/madeInCode.js'
import { type Made, type Operation } from '../../model/code/operation.js'
import { noEffects } from '../../model/effects.js'
import type { Results, CompiledOperation } from '../../model/graph.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { GivenParams, CompiledPlanOperation } from './compiledOperation.js'
import { givenTo } from './givenTo.js'
import { itemsTypeOf } from './itemsType.js'
import { startEach } from './startEach.js'
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
  const itemsType = itemsTypeOf(operationType)
  if (itemsType !== undefined) return itemsType.start
  return operationType === functionType ? startFunction : operationType === eachType ? startEach : startOperation
}

/** Whether operations of a type are given no params: those made of a function. */
export function takesNone(operationType: OperationType): boolean {
  return operationType === functionType || operationType === eachType
}

/** Whether operations of a type are performed in the process of their run and nowhere else. Of one with items this is asked of its items. */
export function isLocal(operationType: OperationType): boolean {
  return takesNone(operationType) || operationType.coordinates === true || operationType.local === true
}

export function isEachType(operationType: OperationType): boolean {
  return operationType === eachType || itemsTypeOf(operationType) !== undefined
}

function startFunction(operation: CompiledOperation, context: AttemptContext, results: Results): Work<unknown> {
  const { made, needs, when } = operation as CompiledPlanOperation // It is put into such operations alone.
  const { perform, needs: named } = made as Extract<Made, { readonly type: 'function' }>
  return perform(givenTo(named, needs, when, results), context)
}
