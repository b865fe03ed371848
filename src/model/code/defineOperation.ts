import type * as t from 'io-ts'
import { noEffects, type Effects, type Foreseen } from '../effects.js'
import type { AnyOperationType } from '../operationType.js'
import type { AttemptContext, Work } from '../work.js'
import { checkOptions, refuse, type Fields } from '../options/checkOptions.js'
import { aFunction, isFunction, hasFields, kind, required, someText } from '../options/kinds.js'
import { callOf, makeOperation } from './makeOperation.js'
import { noSettings, type Operation, type OperationSettings } from './operation.js'
import { settingFaults } from './settingKinds.js'
import type { Referring } from './reference.js'

/** The named events of an operation type, each with the codec of its data. */
export type Emits = Readonly<Record<string, t.Mixed>>

/** The context of an operation type that declares its events: only those can be emitted. */
export type EmittingContext<E extends Emits> = Omit<AttemptContext, 'emit'> & {
  readonly emit: <K extends keyof E & string>(name: K, data: t.TypeOf<E[K]>) => void
}

/** What an operation type is made of. */
export interface OperationDefinition<P extends t.Mixed, R extends t.Mixed, E extends Emits> {
  readonly type: string
  readonly operation: string
  /** One sentence for help and signatures. */
  readonly summary: string
  readonly params: P
  readonly result: R
  /** What it reads and writes, by which it finds its place in a plan. Default: nothing that orders it. */
  readonly effects?: (params: Foreseen<t.TypeOf<P>>) => Effects
  readonly emits?: E
  /** Whether performing it again with the same params has the same effect. Default: no. */
  readonly repeatable?: (params: Foreseen<t.TypeOf<P>>) => boolean
  readonly perform: (params: t.TypeOf<P>, context: EmittingContext<E>) => Work<t.TypeOf<R>>
}

/** Makes operations of one type. Pass its `operationType` to a registry to let plans name it too. */
export interface OperationBuilder<P, R> {
  (id: string, params: Referring<P>, settings?: OperationSettings): Operation<R>
  readonly operationType: AnyOperationType
}

const codec = kind(
  'a codec of millrace/codec',
  (value) => hasFields(value) && isFunction(value['decode']),
  (value) => (hasFields(value) ? 'An object of codecs is made into one by closed(name, required, optional).' : undefined),
)

const definitionFields = {
  type: required(someText, 'The family it belongs to, such as "image".'),
  operation: required(someText, 'What it does, such as "resize".'),
  summary: required(someText, 'One sentence for help.'),
  params: required(codec, 'The codec of its params.'),
  result: required(codec, 'The codec of its result.'),
  perform: required(aFunction, 'The function that does it: (params, context) => ….'),
  effects: aFunction,
  repeatable: aFunction,
  emits: kind('codecs by the names of events', hasFields),
} satisfies Fields<OperationDefinition<t.Mixed, t.Mixed, Emits>>

/**
 * Defines an operation type: codecs for its params and result, the effects it has, and the function that performs it.
 *
 * Returns a function that makes such operations in code: the compiler checks their params, and references are allowed in them. Pass its
 * `operationType` to `operationRegistry` for plans that come as data.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { defineOperation, operation, refer, runBatch, valueOf } from 'millrace'
 * import { closed, text } from 'millrace/codec'
 * const greet = defineOperation({
 *   type: 'word',
 *   operation: 'greet',
 *   summary: 'Greets someone.',
 *   params: closed('params of word.greet', { name: text() }, {}),
 *   result: text(),
 *   perform: ({ name }) => `Hello, ${name}!`,
 * })
 * const who = operation('who', () => ({ name: 'Ada' }))
 * const greeting = greet('greeting', { name: refer(who, 'name') })
 * const value = await lastValueFrom(runBatch([who, greeting]).pipe(valueOf(greeting)))
 * value // => 'Hello, Ada!'
 * ```
 * @since 0.1.0
 */
export function defineOperation<P extends t.Mixed, R extends t.Mixed, E extends Emits = Record<never, never>>(
  definition: OperationDefinition<P, R, E>,
): OperationBuilder<t.TypeOf<P>, t.TypeOf<R>> {
  checkOptions('defineOperation', definition, definitionFields, ['definition'])
  const { type, operation, summary, params, result, effects = noEffects, repeatable, perform } = definition
  const operationType: AnyOperationType = { type, operation, summary, params, result, effects, perform, ...(repeatable && { repeatable }) }
  const build = (id: string, given: unknown, settings: OperationSettings = noSettings): Operation<t.TypeOf<R>> => {
    if (settings !== noSettings) refuse(callOf(`${type}.${operation}`, id), settingFaults(settings))
    return makeOperation(id, { type: 'typed', operationType, params: given, settings })
  }
  return Object.assign(build, { operationType })
}
