import type { SchedulerLike, Subscription } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import type { OperationError } from '../../model/operationError.js'
import type { Spent } from '../events/eventWriter.js'
import { retryDelay } from './retryDelay.js'

/** What an operation that was tried before has behind it. */
export interface Past extends Spent {
  readonly lastError: OperationError
}

/** The operations that have failed and may still be tried again. While it waits for its delay, an operation holds no slot. */
export interface Retries {
  /** What an operation has behind it; undefined at its first attempt. */
  past(index: number): Past | undefined
  /**
   * How long after this failure the next attempt comes; undefined when none does. Each takes one from the budget of the run, except the one
   * that an operation has beyond its policy when it was lost with its worker and may be performed twice.
   */
  delayAfter(index: number, operation: CompiledOperation, attempt: number, error: OperationError): number | undefined
  /** Waits for the next attempt. */
  wait(index: number, past: Past, delayMs: number, due: () => void): void
  /** What an operation has behind it that waits for its delay; undefined for any other. */
  waiting(index: number): Past | undefined
  /** The indexes of all that wait for their delay. */
  allWaiting(): readonly number[]
  /** It has ended: its timer is cleared. */
  forget(index: number): void
  /** Clears the timers. */
  readonly clear: () => void
}

export interface RetryParts {
  readonly scheduler: SchedulerLike
  readonly random: () => number
  /** Most retries of the run. */
  readonly budget: number
  /** A retry was asked for that the budget does not hold. */
  readonly refused: () => void
}

interface Retry {
  readonly past: Past
  timer: Subscription | undefined
}

export function retries({ scheduler, random, budget, refused }: RetryParts): Retries {
  const retrying = new Map<number, Retry>()
  /** Those that have had their attempt beyond the policy. */
  const lost = new Set<number>()
  let left = budget
  return {
    past: (index) => (retrying.size === 0 ? undefined : retrying.get(index)?.past),
    delayAfter(index, { retry }, attempt, error) {
      if (!error.retryable) return undefined
      if (error.type === 'worker-lost' && !lost.has(index)) {
        lost.add(index)
        return 0
      }
      if (retry === undefined || attempt >= retry.attempts + (lost.has(index) ? 1 : 0)) return undefined
      if (left <= 0) {
        refused()
        return undefined
      }
      left--
      return retryDelay(retry, attempt, error, random)
    },
    wait(index, past, delayMs, due) {
      const retry: Retry = { past, timer: undefined }
      retry.timer = scheduler.schedule(() => {
        retry.timer = undefined
        due()
      }, delayMs)
      retrying.set(index, retry)
    },
    waiting(index) {
      const retry = retrying.get(index)
      return retry?.timer && retry.past
    },
    allWaiting: () => [...retrying].filter(([, { timer }]) => timer !== undefined).map(([index]) => index),
    forget(index) {
      if (lost.size > 0) lost.delete(index)
      if (retrying.size === 0) return
      retrying.get(index)?.timer?.unsubscribe()
      retrying.delete(index)
    },
    clear() {
      for (const { timer } of retrying.values()) timer?.unsubscribe()
    },
  }
}
