import type * as t from 'io-ts'
import { closed } from './codec/closed.js'
import { anyOf, record, array } from './codec/collections.js'
import { described } from './codec/described.js'
import { anyJson, finiteNumber, boolean, nothing, oneOf, text, integer } from './codec/values.js'
import type { JsonSchema } from './codec/jsonSchema.js'
import { isPlainObject, type PlainObject } from './codec/plainObject.js'
import { withSchema } from './codec/withSchema.js'
import { longestDelayMs, planLimits } from './limits.js'
import { OperationId } from './operationId.js'

const delayMs = integer({ minimum: 0, maximum: longestDelayMs })
const limitMs = integer({ minimum: 1, maximum: longestDelayMs })

/** How often a failed attempt is tried again, and after what delay. */
export const RetryPolicy = closed(
  'a retry policy',
  { attempts: described(integer({ minimum: 1, maximum: 1_000 }), 'Attempts in all, the first included.') },
  {
    delayMs: described(delayMs, 'The longest delay before the second attempt; the actual one is random below it. Default 200.'),
    factor: described(finiteNumber({ minimum: 1, maximum: 10 }), 'The factor by which each further delay can grow. Default 2.'),
    maxDelayMs: described(delayMs, 'The longest delay. Default 30000.'),
  },
)
export type RetryPolicy = t.TypeOf<typeof RetryPolicy>

const attempts = integer({ minimum: 1, maximum: 1_000 })
const retry = anyOf(attempts, RetryPolicy)

/** A policy from its short form, the number of attempts. */
export function retryPolicyOf(retry: RetryPolicy | number): RetryPolicy {
  return typeof retry === 'number' ? { attempts: retry } : retry
}

/** The limits of a pool: slots at once, and starts per second. */
export const PoolLimit = closed(
  'a pool limit',
  {},
  {
    limit: described(integer({ minimum: 1, maximum: 100_000 }), 'The most slots taken at once. Default: no limit.'),
    perSecond: described(finiteNumber({ minimum: 0.001, maximum: 100_000 }), 'Attempts that can start per second. Default: no limit.'),
    burst: described(integer({ minimum: 1, maximum: 100_000 }), 'Attempts that can start together after a pause. Default 1.'),
  },
)
export type PoolLimit = t.TypeOf<typeof PoolLimit>

/** When the gate of an operation opens, decided after all its dependencies have ended. */
export const When = oneOf('success', 'settled', 'any-failed', 'none-failed')
export type When = t.TypeOf<typeof When>

/** The order in which ready operations get a free slot. */
export const Priority = oneOf('critical', 'high', 'medium', 'low')
export type Priority = t.TypeOf<typeof Priority>

/** What a run does after an operation has failed. */
export const OnFailure = oneOf('continue', 'no-new', 'cancel', 'rollback')
export type OnFailure = t.TypeOf<typeof OnFailure>

const placePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** Where an operation is performed: `here`, by any worker, or by the workers of a name. */
export const Place = withSchema<string>(
  'here, any, or a name of 1 to 64 letters, digits, ".", "_" and "-" that begins with a letter or digit',
  { type: 'string', minLength: 1, maxLength: 64, pattern: placePattern.source },
  (value): value is string => typeof value === 'string' && value.length <= 64 && placePattern.test(value),
)
export type Place = t.TypeOf<typeof Place>

const params = record(anyJson)

/** The operation that undoes another one. */
export const Undo = closed(
  'an undo operation',
  { type: text({ minLength: 1 }) },
  { operation: text({ minLength: 1 }), params, timeoutMs: limitMs },
)
export type Undo = t.TypeOf<typeof Undo>

const resultPath = anyOf(text({ minLength: 1 }), array(anyOf(text(), integer({ minimum: 0 })), { minItems: 1 }))

/** A list, or a reference to one. */
export const Items = anyOf(
  array(anyJson, { maxItems: planLimits.operations }),
  closed('{"$ref": path}', { $ref: resultPath }, {}),
  closed('{"$input": name}', { $input: text({ minLength: 1 }) }, {}),
)

export type Items = t.TypeOf<typeof Items>

/** Whether an operation is done at all: a value, and what it must be. */
export const Condition = closed(
  'a condition such as {"$ref": "id.key", "is": value}',
  {},
  {
    $ref: described(resultPath, 'The value of an earlier result.'),
    $input: described(text({ minLength: 1 }), 'The value of an input.'),
    default: described(anyJson, 'Used if there is no such value. Without it, that is a failure.'),
    is: described(anyJson, 'It must equal this.'),
    not: described(anyJson, 'It must not equal this.'),
    in: described(array(anyJson), 'It must equal one of these.'),
  },
)
export type Condition = t.TypeOf<typeof Condition>

const perhapsMarker = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'object' }] })

/** When a service is ready. Its members can be markers, as in params, and are checked where those are. */
const Ready = withSchema<Readonly<Record<string, unknown>>>(
  'an object with "line", "port" or "url"',
  {
    type: 'object',
    properties: {
      line: { ...perhapsMarker({ type: 'string' }), description: 'It has written a line that contains this text.' },
      port: { ...perhapsMarker({ type: 'integer' }), description: 'It accepts connections on this port of this machine.' },
      url: {
        ...perhapsMarker({ type: 'string' }),
        description: 'A GET of this address of this machine is answered with a status below 400.',
      },
      timeoutMs: { ...perhapsMarker({ type: 'integer' }), description: 'The attempt fails if it takes longer, in ms. Default 30000.' },
    },
    additionalProperties: false,
  },
  (value): value is PlainObject => isPlainObject(value),
)

/** One unit of work in a plan. */
export const PlanOperation = closed(
  'an operation',
  {
    type: described(text({ minLength: 1 }), 'The family of the operation: file, shell, http, …; or both names in one: file.write.'),
  },
  {
    operation: described(text({ minLength: 1 }), 'What it does: write, run, request, … Left out where type has both names.'),
    id: described(OperationId, 'Its name in this plan. Default op1, op2, … by position.'),
    title: described(text({ minLength: 1, maxLength: 200 }), 'Shown to people instead of its id.'),
    params: described(params, 'The parameters of the operation. A value can be {"$ref": "id.key"}, which refers to a result.'),
    each: described(Items, 'Runs once for each item of this list: {"$item": "key"} is a value of the item.'),
    settle: described(boolean, 'With each: it always succeeds, with the outcomes of its items.'),
    if: described(Condition, 'Runs only if this holds; else it is skipped, and the run stays ok.'),
    service: described(boolean, 'It runs beside its dependents: they start when it is ready, and it ends after the last of them.'),
    ready: described(Ready, 'When a service is ready: exactly one of line, port and url.'),
    dependencies: described(array(OperationId), 'Ids of operations that must end first.'),
    when: described(When, 'Which outcomes of its dependencies let it run. Default success.'),
    priority: described(Priority, 'Which operations get a free slot first. Default medium.'),
    weight: described(integer({ minimum: 1, maximum: 1_000_000 }), 'Slots it takes while it runs. Default 1.'),
    pool: described(text({ minLength: 1 }), 'A named limit of the plan that it counts against.'),
    place: described(Place, 'Which workers perform it: any, or the name of some. Default here, in the run itself.'),
    timeoutMs: described(limitMs, 'Time limit for one attempt, in ms.'),
    timeout: described(limitMs, 'Another name for timeoutMs.'),
    retry: described(retry, 'How often it is tried: the number of attempts, or a policy.'),
    fallback: described(anyJson, 'The value to use if every attempt fails.'),
    keep: described(boolean, 'In a stream: any later operation can refer to it, however far back it is.'),
    repeatable: described(boolean, 'Whether it is safe to perform twice, for example after an interruption. Default by its type.'),
    confirm: described(boolean, 'A person is asked before the run begins; unless they agree, nothing runs.'),
    undo: described(Undo, 'The operation that undoes it under onFailure: rollback.'),
  },
)
export type PlanOperation = t.TypeOf<typeof PlanOperation>

/** A variable that programs are given: a text, null to unset it, a secret or an input. */
const EnvDefault = anyOf(
  text(),
  nothing,
  closed('{"$secret": name}', { $secret: text({ minLength: 1 }) }, {}),
  closed('{"$input": name}', { $input: text({ minLength: 1 }) }, {}),
)

/** Defaults for all operations. */
export const PlanDefaults = closed(
  'defaults for operations',
  {},
  {
    place: described(Place, 'Which workers perform operations: any, or the name of some. Default here, in the run itself.'),
    timeoutMs: described(limitMs, 'Time limit for one attempt, in ms.'),
    timeout: described(limitMs, 'Another name for timeoutMs.'),
    retry: described(retry, 'How often an operation is tried: the number of attempts, or a policy.'),
    env: described(record(EnvDefault), 'Variables for every program. An operation can set others, or null to unset one.'),
  },
)
export type PlanDefaults = t.TypeOf<typeof PlanDefaults>

/** A whole dependency graph as data, before it runs. */
export const Plan = closed(
  'a plan',
  { operations: described(array(PlanOperation, { maxItems: planLimits.operations }), 'The operations to run.') },
  {
    name: described(text({ maxLength: 200 }), 'What people call this plan.'),
    concurrency: described(integer({ minimum: 1, maximum: 100_000 }), 'Most attempts at once. Default 6.'),
    timeoutMs: described(limitMs, 'Time limit for the whole run, in ms. Default: none.'),
    defaults: described(PlanDefaults, 'Defaults for all operations.'),
    onFailure: described(OnFailure, 'What the run does after an operation has failed. Default continue.'),
    pools: described(record(anyOf(integer({ minimum: 1, maximum: 100_000 }), PoolLimit)), 'Named limits below concurrency.'),
    retryBudget: described(integer({ minimum: 0, maximum: 1_000_000 }), 'Most retries in the whole run. Default no limit.'),
    returns: described(array(OperationId), 'Ids whose values are returned. Default all.'),
    inputs: described(record(anyJson), 'Values that can be set for each run, with their defaults: {"$input": name} refers to one.'),
    inferDependencies: described(boolean, 'Whether declared effects order operations. Default true.'),
  },
  { ignored: 'x-' },
)
export type Plan = t.TypeOf<typeof Plan>
