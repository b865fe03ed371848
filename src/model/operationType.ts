// model: what everything is called: plans, operations, events, errors, outcomes and ports, as codecs and types, all pure.
import { refuse } from './options/checkOptions.js'
import { isFunction, hasFields, kind } from './options/kinds.js'
import type { OptionFault } from './options/optionFault.js'
import type * as t from 'io-ts'
import { jsonSchemaOf } from './codec/jsonSchemaOf.js'
import type { Effects, Foreseen } from './effects.js'
import type { AttemptContext, Work } from './work.js'

/** One operation type, such as `file.write`: its codecs, its effects, and the function that performs it. */
export interface OperationType<P = unknown, R = unknown> {
  readonly type: string
  readonly operation: string
  /** One sentence for help and signatures. */
  readonly summary: string
  readonly params: t.Type<P, unknown, unknown>
  readonly result: t.Type<R, unknown, unknown>
  /** Whether an operation with these params only reads. Default: no. */
  readonly readOnly?: (params: Foreseen<P>) => boolean
  /** Whether performing it again with the same params has the same effect. Default: that of `readOnly`. */
  readonly repeatable?: (params: Foreseen<P>) => boolean
  readonly effects: (params: Foreseen<P>) => Effects
  /** Why the part of a result at `keys` cannot be used by a reference, such as text that was damaged in decoding; otherwise undefined. */
  readonly unfit?: (result: unknown, keys: readonly (string | number)[]) => string | undefined
  /** The origin of the server it asks, if that is known. */
  readonly origin?: (params: Foreseen<P>) => string | undefined
  /** Whether it can take back what it did. Default: only by the plan's `undo`. */
  readonly undoes?: boolean
  /** Whether it only sets others to work by `context.child`: then it holds no slot itself. */
  readonly coordinates?: boolean
  /** Whether it works on what only the process of its run has, such as its swarms: it is never performed elsewhere. */
  readonly local?: boolean
  /**
   * The same operation type as a service, if it can be one: its params also have `ready`, its result is known when it is ready, and its
   * body calls `context.ready` and then continues until its signal is aborted.
   */
  readonly service?: AnyOperationType
  readonly perform: (params: P, context: AttemptContext) => Work<R>
}

/** The operation types that a plan can use, by `type.operation`. */
export type OperationRegistry = ReadonlyMap<string, OperationType>

/** An operation type with any params and result, as a registry takes it. */
export type AnyOperationType = Omit<OperationType<never, unknown>, 'params' | 'result'> & {
  readonly params: t.Mixed
  readonly result: t.Mixed
}

/**
 * Collects the operation types that plans can name.
 *
 * Throws if two types have one name, or if a codec carries no JSON Schema, without which its params cannot be described.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { defineOperation, operationRegistry, runBatch, valueOf } from 'millrace'
 * import { closed, text } from 'millrace/codec'
 * const greet = defineOperation({
 *   type: 'word',
 *   operation: 'greet',
 *   summary: 'Greets someone.',
 *   params: closed('params of word.greet', { name: text() }, {}),
 *   result: text(),
 *   perform: ({ name }) => `Hello, ${name}!`,
 * })
 * const operations = operationRegistry([greet.operationType])
 * const plan = [{ id: 'ada', type: 'word', operation: 'greet', params: { name: 'Ada' } }]
 * await lastValueFrom(runBatch(plan, { operations }).pipe(valueOf('ada'))) // => 'Hello, Ada!'
 * ```
 * @see {@link defineOperation} to make a type
 * @since 0.1.0
 */
export function operationRegistry(types: Iterable<AnyOperationType>): OperationRegistry {
  refuse('operationRegistry', typesFaults(types))
  const registry = new Map<string, OperationType>()
  for (const type of types) {
    const name = operationName(type)
    if (registry.has(name)) throw new TypeError(`Two operation types are called "${name}". Give one of them another name.`)
    for (const part of ['params', 'result'] as const)
      if (jsonSchemaOf(type[part]) === undefined)
        throw new TypeError(`The ${part} codec of "${name}" carries no JSON Schema. Build it from the codecs of millrace/codec.`)
    // The engine gives a type only what the type's own codec decoded.
    registry.set(name, type as unknown as OperationType)
  }
  return registry
}

export function operationName(type: { readonly type: string; readonly operation: string }): string {
  return `${type.type}.${type.operation}`
}

function typesFaults(types: unknown): readonly OptionFault[] {
  if (!hasFields(types) || !(Symbol.iterator in types))
    return [{ type: 'wrong-option', at: ['types'], expected: 'a list of operation types', received: types }]
  return [...(types as Iterable<unknown>)].flatMap((type, index) => operationTypeKind.faults(type, ['types', index]))
}

const operationTypeKind = kind(
  'an operation type',
  (value) => hasFields(value) && typeof value['type'] === 'string' && isFunction(value['perform']),
  (value) => (typeof value === 'function' && 'operationType' in value ? 'Give its type: builder.operationType.' : undefined),
)
