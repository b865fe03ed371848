import type * as t from 'io-ts'
import { decodingFaults } from '../../graph/params/decodingFaults.js'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array, record } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { isPlainObject, own, setOwn, type PlainObject } from '../../model/codec/plainObject.js'
import { anyJson, boolean, integer, oneOf, text } from '../../model/codec/values.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { longestDelayMs } from '../../model/limits.js'
import { Plan } from '../../model/plan.js'

/** How long a call waits for its batch when it does not say: below the minute after which clients give up. */
export const defaultWaitMs = 45_000

export const WaitMs = integer({ minimum: 0, maximum: 600_000 })

const limitMs = integer({ minimum: 1, maximum: longestDelayMs })

/** The settings by which the predecessor's callers know them. */
const CompatibleConfig = closed(
  'a config',
  {},
  {
    maxConcurrency: integer({ minimum: 1, maximum: 100_000 }),
    timeoutMs: limitMs,
    retryAttempts: integer({ minimum: 0, maximum: 999 }),
    enableDependencyResolution: boolean,
    trackPerformance: boolean,
  },
)

/** The tokens an answer may take: below a hundred there is no room for its first line and the call that goes on. */
export const MaxAnswerTokens = integer({ minimum: 100, maximum: 1_000_000 })

/** In which form an answer is wanted. */
export const AnswerAs = described(oneOf('text', 'json'), 'json for programs. Default text.')

/** What a call says beside its plan. */
export const CallOptions = closed(
  'the options of a call',
  {},
  {
    waitMs: described(WaitMs, 'How long to wait before answering "running". Default 45000.'),
    dryRun: described(boolean, 'Only checks the plan and shows its order.'),
    returns: described(anyOf(oneOf('none'), array(text())), 'Values to return: ids, paths such as "a.bytes", or "none".'),
    as: AnswerAs,
    maxAnswerTokens: described(MaxAnswerTokens, 'The most tokens of the answer. Default 16000.'),
    config: described(CompatibleConfig, 'Other names for settings of the plan.'),
    resume: described(text({ minLength: 1 }), 'Id of a batch: runs what was interrupted or never started.'),
    retry: described(text({ minLength: 1 }), 'Id of a batch: also runs again what failed or was skipped because of it.'),
    rerun: described(anyOf(oneOf('all'), array(text())), 'With resume or retry: ids to run again, whatever their outcome.'),
    done: described(record(anyJson), 'With resume or retry: results, by id, of operations not to run again.'),
    from: described(array(text()), 'With resume or retry: ids to run again with all their dependents.'),
  },
)
export type CallOptions = t.TypeOf<typeof CallOptions>

/** A call of `batch_execute`: a plan and what else it says. The operations may be left out where an earlier batch has them. */
export const BatchCall = closed('a call of batch_execute', {}, { ...Plan.required, ...Plan.optional, ...CallOptions.optional })

/** A call taken apart: the plan in it, and what else it says. */
export interface SplitCall {
  readonly plan: PlainObject
  readonly options: CallOptions
  readonly faults: readonly PlanFault[]
}

const optionNames: readonly string[] = Object.keys(CallOptions.optional)

/** Takes the options out of a call; what is left must be a plan. */
export function splitCall(input: unknown): SplitCall {
  // Some clients send no arguments at all where there is nothing to say.
  if (!isPlainObject(input)) return { plan: {}, options: {}, faults: [] }
  const given = {}
  const plan = {}
  for (const name of Object.keys(input)) setOwn(optionNames.includes(name) ? given : plan, name, input[name])
  const decoded = CallOptions.decode(given)
  if (decoded._tag === 'Left') return { plan, options: {}, faults: decodingFaults(decoded.left, given, []) }
  const merged = withConfig(plan, decoded.right.config ?? {})
  return { ...merged, options: decoded.right }
}

/** A plan's own settings under the names of `config`. One that is given in both ways is a fault. */
function withConfig(
  plan: PlainObject,
  { maxConcurrency, timeoutMs, retryAttempts, enableDependencyResolution }: t.TypeOf<typeof CompatibleConfig>,
): { readonly plan: PlainObject; readonly faults: readonly PlanFault[] } {
  const faults: PlanFault[] = []
  const add = (target: PlainObject, at: readonly string[], field: string, alias: string, value: unknown): PlainObject => {
    if (value === undefined) return target
    if (own(target, field) !== undefined) faults.push({ type: 'both-names', at: ['config', alias], field: [...at, field].join('.'), alias })
    return { ...target, [field]: value }
  }
  const given = own(plan, 'defaults')
  const before = isPlainObject(given) ? given : {}
  const retry = retryAttempts === undefined ? undefined : { attempts: retryAttempts + 1 }
  const defaults = add(add(before, ['defaults'], 'timeoutMs', 'timeoutMs', timeoutMs), ['defaults'], 'retry', 'retryAttempts', retry)
  const limited = add(plan, [], 'concurrency', 'maxConcurrency', maxConcurrency)
  const inferred = add(limited, [], 'inferDependencies', 'enableDependencyResolution', enableDependencyResolution)
  return { plan: defaults === before ? inferred : { ...inferred, defaults }, faults }
}

/** A fault about a field of the whole message knows the options too. */
export function knowingOptions(fault: PlanFault): PlanFault {
  const ofMessage = (fault.type === 'unknown-field' && fault.at.length === 1) || (fault.type === 'missing-field' && fault.at.length === 0)
  return ofMessage ? { ...fault, known: [...new Set([...fault.known, ...optionNames])] } : fault
}

/** In which form a call wants its answer, whatever else is wrong with it. */
export function formOf(input: unknown): 'text' | 'json' {
  return isPlainObject(input) && own(input, 'as') === 'json' ? 'json' : 'text'
}
