import type { CompiledOperation, Results } from '../../model/graph.js'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { quoteText } from '../../model/fault/quote.js'
import { OperationFailure } from '../../model/operationError.js'
import type { Condition } from '../../model/plan.js'
import type { PlanSources } from '../operations/compiledOperation.js'
import { readInput } from '../params/inputs.js'
import { readReference } from '../params/marker.js'
import type { MarkerReader } from '../params/paramsTree.js'
import { valueAt, type ResultPath } from '../params/resultPath.js'

/** Where a condition stands, and how what it names is read. */
export interface ConditionSetting {
  readonly at: PlanPath
  readonly reader: MarkerReader
  readonly planSources: () => PlanSources
  readonly faults: FaultList
}

const always = (): boolean => true
/** The condition of an operation that the inputs of the run leave out: known before it starts. */
export const never = (): boolean => false

/** Reads whether an operation is done at all. Its reference is checked like one in params. */
export function readCondition(condition: Condition, setting: ConditionSetting): CompiledOperation['condition'] {
  const { at, faults } = setting
  const holds = readTest(condition, at, faults)
  const source = readSource(condition, setting)
  if (holds === undefined || source === undefined) return undefined
  if (source.type === 'value') return holds(source.value) ? always : never
  const { pointer, otherwise } = source
  const { indexOf } = setting.planSources()
  return (results) => {
    const found = follow(pointer, indexOf, results)
    if (found !== undefined) return holds(found)
    return otherwise === undefined ? failed(pointer) : holds(otherwise.value)
  }
}

type Source =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'refer'; readonly pointer: ResultPath; readonly otherwise: { readonly value: unknown } | undefined }

function readSource(condition: Condition, { at, reader, faults }: ConditionSetting): Source | undefined {
  const { $ref, $input } = condition
  if (($ref === undefined) === ($input === undefined)) {
    const expected = 'a condition on one value: "$ref" to a result, or "$input"'
    faults.push({ type: 'invalid-value', at, expected, received: condition })
    return undefined
  }
  if ($input !== undefined) {
    const read = readInput($input, reader.scope.inputs)
    if (read.type !== 'malformed') return { type: 'value', value: read.value }
    faults.push({ type: 'malformed-reference', at: [...at, '$input'], reason: read.reason })
    return undefined
  }
  const otherwise = Object.hasOwn(condition, 'default') ? { value: condition.default } : undefined
  const marker = readReference($ref, otherwise, reader.scope)
  if (!reader.check(marker, [...at, '$ref']) || marker.type === 'malformed') return undefined
  return { type: 'refer', pointer: marker.pointer, otherwise }
}

const tests = ['is', 'not', 'in'] as const

function readTest(condition: Condition, at: PlanPath, faults: FaultList): ((value: unknown) => boolean) | undefined {
  const given = tests.filter((test) => Object.hasOwn(condition, test))
  const [test] = given
  if (test === undefined || given.length > 1) {
    faults.push({ type: 'invalid-value', at, expected: 'a condition with one of "is", "not" and "in"', received: condition })
    return undefined
  }
  switch (test) {
    case 'is':
      return (value) => sameJson(value, condition.is)
    case 'not':
      return (value) => !sameJson(value, condition.not)
    case 'in':
      return (value) => condition.in!.some((one) => sameJson(value, one))
  }
}

function follow({ id, keys }: ResultPath, indexOf: PlanSources['indexOf'], results: Results): unknown {
  const index = indexOf(id)
  return index !== undefined && results.has(index) ? valueAt(results.get(index), keys) : undefined
}

function failed({ id, text }: ResultPath): never {
  const message = `if: the reference ${quoteText(text)} has no value: the result of ${quoteText(id)} has no such key.\nRefer to a value that is always present, or add a "default".`
  throw new OperationFailure({ type: 'invalid-params', message, retryable: false, at: ['if'], reference: text })
}

/** Whether two values are the same data. Depth is bounded: a plan has at most 64 levels, and one of the two comes from it. */
function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((member, at) => sameJson(member, b[at]))
  if (!isPlainObject(a) || !isPlainObject(b)) return typeof a === 'number' && a === b // 0 and -0
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(own(a, key), own(b, key)))
}
