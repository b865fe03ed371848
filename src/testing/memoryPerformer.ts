import { asyncScheduler, type SchedulerLike } from 'rxjs'
import { OperationFailure } from '../model/operationError.js'
import type { OperationRegistry } from '../model/operationType.js'
import { workerLost, type PlacedAttempt, type PlacedContext, type PlacedOperation, type Performer } from '../model/performer.js'
import { performAttempt } from '../workers/performAttempt.js'
import { travelling } from '../workers/values.js'

/** What happens to an attempt on its way to its worker and back. */
export interface AttemptFate {
  /** Time in the queue, in ms. */
  readonly queuedMs?: number
  /** Time its result takes back, in ms. */
  readonly lateMs?: number
  /** The worker is lost with it: before it begins, or after the work is done but not reported. */
  readonly lost?: 'before' | 'after'
  /** The worker says twice that it has begun. */
  readonly doubled?: true
}

/** How an in-memory performer performs attempts. */
export interface MemoryPerformerOptions {
  /** What its worker can do. */
  readonly operations: OperationRegistry
  /** Which operations it takes. Default: those with a `place`. */
  readonly takes?: (operation: PlacedOperation) => boolean
  /** What happens to each attempt. Default: it is performed immediately. */
  readonly fate?: (attempt: PlacedAttempt) => AttemptFate
  /** Where its time comes from. Default: asynchronous timers. */
  readonly scheduler?: SchedulerLike
}

/** A performer in this process, and what it has performed. */
export interface MemoryPerformer extends Performer {
  /** The keys of the attempts whose work was begun, in that order. */
  performed(): readonly string[]
}

const worker = 'memory'

/**
 * Makes a performer for tests that replaces workers in other processes: attempts go to it as data, and can be lost, doubled or late.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { heldOperations, memoryPerformer } from 'millrace/testing'
 * const { operations } = heldOperations()
 * const performer = memoryPerformer({ operations, fate: () => ({ lost: 'before' }) })
 * const plan = [{ id: 'a', type: 'test.hold', place: 'any' }]
 * const { summary } = (await lastValueFrom(runBatch(plan, { operations, performer }))) as never as { summary: { ok: boolean } }
 * summary.ok // => false
 * ```
 * @see {@link performerCases} to check a performer of your own
 * @since 0.2.0
 */
export function memoryPerformer(options: MemoryPerformerOptions): MemoryPerformer {
  const { operations, takes = ({ place }) => place !== undefined, fate = (): AttemptFate => ({}), scheduler = asyncScheduler } = options
  const performed: string[] = []

  const after = (ms: number | undefined, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (ms === undefined) return resolve()
      const timer = scheduler.schedule(() => resolve(), ms)
      signal.addEventListener('abort', () => {
        timer.unsubscribe()
        reject(aborted())
      })
    })

  const perform = async (attempt: PlacedAttempt, context: PlacedContext): Promise<unknown> => {
    const { signal } = context
    const { queuedMs, lateMs, lost, doubled } = fate(attempt)
    // As it would travel: what the worker gets shares nothing with what the run has.
    const params: unknown = JSON.parse(travelling(attempt.params, 'params'))
    await after(queuedMs, signal)
    if (signal.aborted) throw aborted()
    context.placed(worker)
    if (doubled) context.placed(worker)
    if (lost === 'before') throw new OperationFailure(workerLost(worker, attempt.repeatable))
    performed.push(attempt.key)
    const encoded = await performAttempt(operations, { ...attempt, params }, { ...context, process: () => undefined })
    if (lost === 'after') throw new OperationFailure(workerLost(worker, attempt.repeatable))
    const text = encoded === undefined ? undefined : travelling(encoded, 'result')
    await after(lateMs, signal)
    return text === undefined ? undefined : JSON.parse(text)
  }

  return { takes, perform, performed: () => performed }
}

function aborted(): Error {
  return new Error('The attempt was aborted.')
}
