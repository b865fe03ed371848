import type { Observable, SchedulerLike } from 'rxjs'
import { isPlainObject } from '../model/codec/plainObject.js'
import { fieldMeant } from '../model/fault/fieldMeant.js'
import { optionFaults, refuse, type Fields } from '../model/options/checkOptions.js'
import {
  alsoCalled,
  anyWholeNumber,
  delay,
  isFunction,
  hasFields,
  isObservable,
  kind,
  scheduler,
  signal,
  someText,
  wholeNumber,
} from '../model/options/kinds.js'
import { Plan } from '../model/plan.js'
import type { Known } from '../model/known.js'
import type { JournalPort } from '../model/journal.js'
import type { Performer } from '../model/performer.js'
import type { OperationRegistry } from '../model/operationType.js'

/** How a plan is run: settings that are not part of the plan. */
export interface RunOptions {
  /** The operation types the plan can use. */
  readonly operations?: OperationRegistry
  /** Most attempts at once, instead of the plan's: a number, or an Observable of numbers to change it in flight; 0 pauses. */
  readonly concurrency?: number | Observable<number>
  /** Aborts the running attempts and cancels the other operations. Every terminal event is still emitted. */
  readonly signal?: AbortSignal
  /** Where time comes from. Default: asynchronous timers and the monotonic clock. */
  readonly scheduler?: SchedulerLike
  /** Makes the random delays of retries, and the run's id, repeatable. */
  readonly seed?: number
  /** Default: a random UUID. */
  readonly runId?: string
  /** In a stream: how many operations after a named one can refer to it. Default 1,000. */
  readonly lookBack?: number
  /** In a stream: settings of a plan, without its operations, such as `pools`, `defaults` and `onFailure`. */
  readonly settings?: Omit<Plan, 'operations'>
  /** Where the events of the run are stored. */
  readonly journal?: JournalPort
  /** Outcomes of an earlier run that this one reuses instead of doing the work again: see `remaining`. */
  readonly known?: Known
  /** Performs the attempts it takes in another process: see `millrace/bullmq`. */
  readonly performer?: Performer
  /** How long to wait for an aborted attempt to end, in ms. Default 5,000. */
  readonly graceMs?: number
  /**
   * The time limit for `settled` and `any-failed` operations after `signal` or the run's `timeoutMs` has stopped it, in ms. Default 30,000;
   * 0 starts none. If `signal` is aborted before the run begins, none starts either.
   */
  readonly cleanupMs?: number
}

/** The options of every function that runs operations. */
export const runOptionFields = {
  operations: kind(
    'a registry of operation types',
    (value) => value instanceof Map,
    (value) =>
      Array.isArray(value)
        ? 'Make one of the list: operationRegistry([…]).'
        : isFunction(value)
          ? 'Call it: standardOperations({ root: "." }).'
          : undefined,
  ),
  concurrency: alsoCalled(
    kind(
      'a whole number of at least 1, or an Observable of numbers',
      (value) => isObservable(value) || (Number.isSafeInteger(value) && (value as number) >= 1),
      (value) => (value === 0 ? 'To pause a run, give an Observable that emits 0.' : undefined),
    ),
    'maxConcurrency',
    'parallel',
    'limit',
  ),
  signal,
  scheduler,
  seed: anyWholeNumber,
  runId: someText,
  lookBack: wholeNumber(0, Number.MAX_SAFE_INTEGER),
  settings: kind('settings of a plan, without its operations', isPlainObject),
  journal: kind(
    'a journal, such as fileJournal()',
    (value) => hasFields(value) && isFunction(value['append']) && isFunction(value['flush']),
  ),
  performer: kind(
    'a performer, such as bullmqPerformer()',
    (value) => hasFields(value) && isFunction(value['takes']) && isFunction(value['perform']),
  ),
  known: kind('outcomes of an earlier run, from remaining', (value) => value instanceof Map),
  graceMs: delay,
  cleanupMs: delay,
} satisfies Fields<RunOptions>

/** Throws on options of a run that are not what they have to be. */
export function checkRunOptions(call: string, options: unknown): void {
  if (options === undefined) return
  const wayOut = options instanceof Map ? 'Pass it as { operations }.' : undefined
  if (wayOut !== undefined)
    refuse(call, [{ type: 'wrong-option', at: ['options'], expected: 'an object such as { operations }', received: options, wayOut }])
  refuse(call, optionFaults(options, runOptionFields, ['options'], inThePlan))
}

const planFields = Object.keys(Plan.optional)

// Its own time limit, and what it does after a failure, a plan says itself: so a file can have them too.
function inThePlan(name: string): string | undefined {
  const field = fieldMeant(name, planFields)
  return field && `It belongs in the plan: { operations: […], ${field}: … }.`
}
