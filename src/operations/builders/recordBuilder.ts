// operations/builders: writes the records of the standard operations in code, with the types of their params and results.
import type { Needed, OperationSettings } from '../../model/code/operation.js'
import type { OperationLiteral } from '../../model/code/planLiteral.js'
import type { Referring } from '../../model/code/reference.js'
import { callOf, checkId } from '../../model/code/makeOperation.js'
import { settingFaults } from '../../model/code/settingKinds.js'
import { hasFields, kind } from '../../model/options/kinds.js'
import { quoteText } from '../../model/fault/quote.js'
import { isMadeInCode } from '../../model/madeInCode.js'
import { refuse } from '../../model/options/checkOptions.js'
import type { ArgumentPath, OptionFault } from '../../model/options/optionFault.js'
import type { OperationType } from '../../model/operationType.js'

/** An operation as a plain record, as in a plan file, that carries the type of its result. */
export interface OperationRecord<out R = unknown> extends Omit<OperationLiteral, 'id'>, Needed<R> {}

/** Makes records of one operation type. The registry of the run decides what they do, and where. */
export type RecordBuilder<P, R> = (id: string, params: Referring<P>, settings?: OperationSettings) => OperationRecord<R>

/** The builder of an operation type, given itself or as the function that makes it. */
export type BuilderOf<T> = T extends (...given: never) => infer Made
  ? BuilderOf<Made>
  : T extends readonly [infer First]
    ? BuilderOf<First>
    : T extends OperationType<infer P, infer R>
      ? RecordBuilder<P, R>
      : never

/** The result of the records of a builder. */
export type ResultOfBuilder<B> = B extends RecordBuilder<never, infer R> ? R : never

/** What the builders made: an object like these where a value belongs was meant for what it gives. */
const records = new WeakSet<object>()
const deepest = 16

function operationsIn(value: unknown, at: ArgumentPath): readonly OptionFault[] {
  if (!hasFields(value) || at.length > deepest) return []
  if (isMadeInCode(value) || records.has(value)) {
    const name = quoteText(String(value['id']))
    const wayOut = `To use what it gives: refer(operation, key).`
    return [{ type: 'wrong-option', at, expected: `a value, not the operation ${name} itself`, received: value, wayOut }]
  }
  return Object.entries(value).flatMap(([key, inner]) => operationsIn(inner, [...at, Array.isArray(value) ? Number(key) : key]))
}

const paramsKind = kind('an object with its params', hasFields)

/** The types are those of the named operation type: `T` is only read by the compiler, and nothing of it is loaded. */
export function recordBuilder<T>(type: string, operation: string): BuilderOf<T> {
  const build = (id: string, params: unknown, { dependencies, ...settings }: OperationSettings = {}): OperationRecord => {
    checkId(id)
    refuse(callOf(`${type}.${operation}`, id), [
      ...paramsKind.faults(params, ['params']),
      ...operationsIn(params, ['params']),
      ...settingFaults({ ...settings, dependencies }),
    ])
    const record: OperationRecord = {
      id,
      type,
      operation,
      params: params as NonNullable<OperationLiteral['params']>,
      ...(dependencies !== undefined && { dependencies: dependencies.map((needed) => (typeof needed === 'string' ? needed : needed.id)) }),
      ...settings,
    }
    records.add(record)
    return record
  }
  // The compiler knows it by the operation type alone; a specification holds that the names lead to that one.
  return build as unknown as BuilderOf<T>
}
