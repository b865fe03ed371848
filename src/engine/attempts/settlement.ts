import type { SchedulerLike, Subscription } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import type { OperationError } from '../../model/operationError.js'
import type { CancelCause, Outcome, SkipReason } from '../../model/outcome.js'
import type { StopCause } from '../../model/summary.js'
import type { Attempt } from './attempt.js'
import type { Mark, RootCauses } from '../gates/dependencies.js'
import type { Redaction } from '../secrets/redaction.js'
import { withOutput, type KeptOutput } from './keptOutput.js'
import { retryDelay } from './retryDelay.js'
import { cancelCauseOf, spares, unstartedOutcome } from '../flow/stopRules.js'
import type { RunCounts } from '../events/runCounts.js'
import type { OperationTable } from '../flow/operationTable.js'
import type { Spent, EventWriter } from '../events/eventWriter.js'

const noRoots: RootCauses = []

/** What an operation that was tried before has behind it, and the timer of its next attempt. */
export interface Past extends Spent {
  readonly waitedMs: number
  readonly lastError: OperationError
  readonly retryTimer: Subscription | undefined
}

/** What the end of an attempt needs to know of its run. */
export interface SettlementParts {
  readonly table: OperationTable
  readonly past: Map<number, Past>
  readonly tell: EventWriter
  readonly counted: RunCounts
  readonly hidden: Redaction
  readonly scheduler: SchedulerLike
  readonly now: () => number
  readonly random: () => number
  readonly stopped: () => StopCause | undefined
  readonly closed: () => boolean
  /** The id of what it is part of, if that has been stopped. */
  readonly stoppedParent: (index: number) => string | undefined
  /** Whether the run may retry once more: asking takes one from its budget. */
  readonly retryGranted: () => boolean
  /** The delay of a retry is over. */
  readonly retry: (index: number, task: CompiledOperation) => void
  /** The operation has ended, and everyone was told. */
  readonly ended: (index: number, task: CompiledOperation, mark: Mark, because: RootCauses, outcome: Outcome) => void
}

/** All the ways in which an attempt, and with it an operation, can end. */
export type Settlement = ReturnType<typeof settlement>

export function settlement(parts: SettlementParts) {
  const { table, past, tell, counted, hidden, scheduler, now, random, stopped } = parts

  const recover = (
    index: number,
    task: CompiledOperation,
    value: unknown,
    at: number,
    spent: Spent,
    recoveredFrom: OperationError,
  ): void => {
    counted.succeeded()
    tell.recovered(at, index, task, value, spent, recoveredFrom)
    parts.ended(index, task, 'fine', noRoots, { type: 'succeeded', value })
  }

  const fail = (index: number, task: CompiledOperation, error: OperationError, at: number, spent: Spent, detached: boolean): void => {
    if (task.fallback !== undefined) return recover(index, task, task.fallback.value, at, spent, error)
    counted.failed(task.id, error)
    tell.failed(at, index, task, error, spent, detached)
    parts.ended(index, task, 'failure', [task.id], { type: 'failed', error })
  }

  const cancel = (
    index: number,
    task: CompiledOperation,
    cause: CancelCause,
    at: number,
    spent: Spent,
    detached: boolean,
    kept?: KeptOutput,
  ): void => {
    counted.cancelled()
    tell.cancelled(at, index, task, cause, spent, detached, kept)
    parts.ended(index, task, 'failure', [task.id], { type: 'cancelled', cause })
  }

  const skip = (index: number, task: CompiledOperation, reason: SkipReason, because: RootCauses): void => {
    counted.skipped(because, reason === 'gate')
    tell.skipped(now(), index, task, reason, because)
    const roots = because.length > 0 ? because : [task.id]
    parts.ended(index, task, reason === 'gate' ? 'gate' : 'failure', roots, { type: 'skipped', reason, because })
  }

  const attemptFailed = (attempt: Attempt, error: OperationError, at: number, spent: Spent): void => {
    const { task, index, detached } = attempt
    const { retry } = task
    const stop = stopped()
    const isStopped = parts.stoppedParent(index) !== undefined || (stop !== undefined && !spares(stop, task.when))
    const may = retry !== undefined && error.retryable && !detached && !isStopped
    const asked = may && attempt.attempt < retry.attempts
    const granted = asked && parts.retryGranted()
    if (asked && !granted) counted.retryRefused()
    const retryInMs = granted ? retryDelay(retry, attempt.attempt, error, random) : undefined
    tell.attemptFailed(at, index, task, attempt.attempt, error, retryInMs)
    if (retryInMs === undefined) return fail(index, task, error, at, spent, detached)
    if (parts.closed()) return
    table.setReadyAt(index, at)
    const behind = { ...spent, lastError: error }
    // Whoever heard of the failure may have stopped the run, or what this is part of: that stop could not know of this operation.
    const parent = parts.stoppedParent(index)
    if (parent !== undefined) return cancel(index, task, { type: 'parent', id: parent }, at, spent, false)
    const stopSince = stopped()
    if (stopSince !== undefined && !spares(stopSince, task.when))
      return waitedInVain(index, task, { ...behind, retryTimer: undefined }, stopSince)
    const retryTimer = scheduler.schedule(() => {
      past.set(index, { ...behind, retryTimer: undefined })
      parts.retry(index, task)
    }, retryInMs)
    past.set(index, { ...behind, retryTimer })
  }

  /** It had failed and was to be tried again: that will not happen now. */
  const waitedInVain = (index: number, task: CompiledOperation, before: Past, stop: StopCause): void => {
    const at = now()
    before.retryTimer?.unsubscribe()
    past.delete(index) // Whoever hears of its end may stop the run: that must not end it again.
    const { durationMs, attempts } = before
    const spent: Spent = { durationMs, attempts, waitedMs: before.waitedMs + at - table.readyAt(index) }
    const cause = cancelCauseOf(stop)
    if (cause === undefined) fail(index, task, before.lastError, at, spent, false)
    else cancel(index, task, cause, at, spent, false)
  }

  return {
    skip,
    waitedInVain,

    /** An equal read has been done for it. */
    share(index: number, task: CompiledOperation, read: { readonly id: string; readonly value: unknown }): void {
      counted.succeeded()
      tell.shared(now(), index, task, read)
      parts.ended(index, task, 'fine', noRoots, { type: 'succeeded', value: read.value })
    },

    /** It is nothing that can be run. */
    refuse(index: number, task: CompiledOperation, error: OperationError): void {
      fail(index, task, hidden.cleanError(error), now(), { durationMs: 0, waitedMs: 0, attempts: 0 }, false)
    },

    /** An attempt is over, or counts as over because it ignored its abort. */
    conclude(attempt: Attempt): void {
      const { end, index, task, startedAt, detached } = attempt
      const at = now()
      const durationMs = at - startedAt
      tell.outputEnds(at, attempt)
      // The time of one that only coordinates is that of its parts: it would count twice.
      counted.attemptEnded(at, task.weight === 0 ? 0 : durationMs, attempt.attempt > 1)
      const before = past.size === 0 ? undefined : past.get(index)
      const waitedMs = startedAt - table.readyAt(index)
      if (end.type === 'succeeded' && before === undefined) {
        // As numbers and not as one object: nearly all operations end here.
        counted.succeeded()
        tell.succeeded(at, index, task, end.value, durationMs, waitedMs, attempt.attempt)
        return parts.ended(index, task, 'fine', noRoots, end)
      }
      const spent = spentWith(before, durationMs, waitedMs, attempt.attempt)
      switch (end.type) {
        case 'succeeded':
          counted.succeeded()
          tell.succeeded(at, index, task, end.value, spent.durationMs, spent.waitedMs, spent.attempts)
          return parts.ended(index, task, 'fine', noRoots, end)
        case 'cancelled':
          return cancel(index, task, end.cause, at, spent, detached, attempt.kept)
        case 'failed':
          return attemptFailed(attempt, withOutput(hidden.cleanError(end.error), attempt.kept), at, spent)
      }
    },

    /** It waits for a slot or for its next attempt, and what it is part of has been stopped. */
    orphaned(index: number, task: CompiledOperation, cause: CancelCause): void {
      const before = past.get(index)
      before?.retryTimer?.unsubscribe()
      past.delete(index)
      const at = now()
      const waitedMs = (before?.waitedMs ?? 0) + at - table.readyAt(index)
      cancel(index, task, cause, at, { durationMs: before?.durationMs ?? 0, waitedMs, attempts: before?.attempts ?? 0 }, false)
    },

    /** Its gate is open or would open, but the run has been stopped. */
    unstarted(index: number, task: CompiledOperation, stop: StopCause): void {
      const before = past.get(index)
      if (before !== undefined) return waitedInVain(index, task, before, stop)
      const outcome = unstartedOutcome(stop)
      if (outcome.type === 'skipped') return skip(index, task, outcome.reason, outcome.because)
      const at = now()
      const readyAt = table.readyAt(index)
      cancel(index, task, outcome.cause, at, { durationMs: 0, waitedMs: Number.isNaN(readyAt) ? 0 : at - readyAt, attempts: 0 }, false)
    },
  }
}

function spentWith(before: Past | undefined, durationMs: number, waitedMs: number, attempts: number): Spent {
  return { durationMs: (before?.durationMs ?? 0) + durationMs, waitedMs: (before?.waitedMs ?? 0) + waitedMs, attempts }
}
