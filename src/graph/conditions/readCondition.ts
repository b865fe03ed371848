// graph/conditions: `if`, read and judged: whether an operation is done at all.
import type { CompiledCondition, Results } from '../../model/graph.js'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { quoteText, quoteValue } from '../../model/fault/quote.js'
import { OperationFailure } from '../../model/operationError.js'
import type { Condition } from '../../model/plan.js'
import type { PlanSources } from '../operations/compiledOperation.js'
import { readInput } from '../params/inputs.js'
import type { KnownOperations } from '../params/knownOperations.js'
import { readReference } from '../params/marker.js'
import type { MarkerReader } from '../params/paramsTree.js'
import { valueAt, type ResultPath } from '../params/resultPath.js'
import { declaredKind, scalarKind, writtenAlike, type ScalarKind } from './neverEqual.js'

/** Where a condition stands, and how what it names is read. */
export interface ConditionSetting {
  readonly at: PlanPath
  readonly reader: MarkerReader
  readonly planSources: () => PlanSources
  readonly others: Pick<KnownOperations, 'find'>
  readonly faults: FaultList
}

/** Reads whether an operation is done at all. Its reference is checked like one in params. */
export function readCondition(condition: Condition, setting: ConditionSetting): CompiledCondition | undefined {
  const test = readTest(condition, setting.at, setting.faults)
  const source = readSource(condition, setting)
  if (test === undefined || source === undefined) return undefined
  checkKinds(test, source, setting)
  if (source.type === 'value') {
    const { value, name, secret } = source
    return test.holds(value) ? undefined : { type: 'unmet', why: secret ? `${name} is hidden` : unmetWords(name, value, test) }
  }
  const { pointer, otherwise } = source
  const { indexOf } = setting.planSources()
  return {
    type: 'asked',
    unmet(results, redact) {
      const found = follow(pointer, indexOf, results)
      const value = found === undefined ? (otherwise === undefined ? failed(pointer) : otherwise.value) : found
      return test.holds(value) ? undefined : unmetWords(pointer.text, value, test, redact)
    },
  }
}

type Source =
  | { readonly type: 'value'; readonly value: unknown; readonly name: string; readonly secret: boolean }
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
    if (read.type !== 'malformed') return { type: 'value', value: read.value, name: `the input ${$input}`, secret: read.type === 'secret' }
    faults.push({ type: 'malformed-reference', at: [...at, '$input'], reason: read.reason })
    return undefined
  }
  const otherwise = Object.hasOwn(condition, 'default') ? { value: condition.default } : undefined
  const marker = readReference($ref, otherwise, reader.scope)
  if (!reader.check(marker, [...at, '$ref']) || marker.type === 'malformed') return undefined
  return { type: 'refer', pointer: marker.pointer, otherwise }
}

const names = ['is', 'not', 'in'] as const

/** What a condition asks of a value: to be one of these, or none of them. */
interface Test {
  readonly name: (typeof names)[number]
  readonly operands: readonly unknown[]
  readonly holds: (value: unknown) => boolean
}

function readTest(condition: Condition, at: PlanPath, faults: FaultList): Test | undefined {
  const given = names.filter((test) => Object.hasOwn(condition, test))
  const [name] = given
  if (name === undefined || given.length > 1) {
    faults.push({ type: 'invalid-value', at, expected: 'a condition with one of "is", "not" and "in"', received: condition })
    return undefined
  }
  const operands = name === 'in' ? condition.in! : [condition[name]]
  return { name, operands, holds: (value) => operands.some((one) => sameJson(value, one)) !== (name === 'not') }
}

/** What can be no other way whatever comes is a mistake, such as quotes around a number. */
function checkKinds({ name, operands }: Test, source: Source, { at, others, faults }: ConditionSetting): void {
  const [received] = operands as readonly (string | number | boolean)[]
  if (received === undefined) return
  const found = (reference: string, kind: ScalarKind): void => {
    faults.push({ type: 'never-equal', at: [...at, name], reference, kind, received })
  }
  if (source.type === 'value') {
    const { value } = source
    if (operands.every((operand) => writtenAlike(value, operand))) found(source.name, scalarKind(value)!)
    return
  }
  const { pointer, otherwise } = source
  const referred = others.find(pointer.id)
  const kind = referred && declaredKind(referred, pointer)
  const isOther = (one: unknown): boolean => scalarKind(one) !== undefined && scalarKind(one) !== kind
  // The value in its place may be of another kind.
  if (kind !== undefined && operands.every(isOther) && (otherwise === undefined || scalarKind(otherwise.value) === kind))
    found(pointer.text, kind)
}

/** `check.exitCode is 1, not 0`; with their kinds where two values look alike and are not. */
function unmetWords(name: string, value: unknown, { name: test, operands }: Test, redact?: (text: string) => string): string {
  const show = (one: unknown, other: unknown): string => {
    const kind = scalarKind(one)
    return `${quoteValue(one, redact)}${kind === undefined || kind === scalarKind(other) ? '' : ` (${kind})`}`
  }
  const [operand] = operands
  if (test === 'is') return `${name} is ${show(value, operand)}, not ${show(operand, value)}`
  return `${name} is ${quoteValue(value, redact)}${test === 'in' ? `, none of ${quoteValue(operands, redact)}` : ''}`
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
