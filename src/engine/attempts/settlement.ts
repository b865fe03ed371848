import type { CompiledOperation } from '../../model/graph.js'
import type { KnownOutcome } from '../../model/known.js'
import type { OperationError } from '../../model/operationError.js'
import type { CancelCause, SkipReason } from '../../model/outcome.js'
import type { StopCause } from '../../model/summary.js'
import type { EventOutput, EventWriter, Spent } from '../events/eventWriter.js'
import type { RunCounts } from '../events/runCounts.js'
import type { RootCauses } from '../gates/dependencies.js'
import type { Ended } from '../gates/gates.js'
import { waitAskedFor, type Cooldowns } from '../ready/cooldowns.js'
import type { OperationTable } from '../operations/operationTable.js'
import { cancelCauseOf, unstartedOutcome } from '../stop/stopRules.js'
import type { Stops } from '../stop/stops.js'
import type { Attempt } from './attempt.js'
import { withOutput, type KeptOutput } from './keptOutput.js'
import type { Past, Retries } from './retries.js'

const noRoots: RootCauses = []

/** What the end of an operation has to do with. */
export interface SettlementParts {
  readonly now: () => number
  readonly operations: OperationTable
  readonly retries: Retries
  readonly write: EventWriter
  readonly counts: RunCounts
  readonly stops: Stops
  /** The id of its parent, when that has been stopped. */
  readonly stoppedParent: (index: number) => string | undefined
  /** The service it depends on, when that has ended too early. */
  readonly lostService: (index: number) => string | undefined
  /** Whether this service has stood ready. */
  readonly wasReady: (index: number) => boolean
  /** An error as a slot hands it out: without secrets. */
  readonly redactError: (error: OperationError) => OperationError
  readonly cooldowns: Pick<Cooldowns, 'refused' | 'left'>
  /** The delay of a retry is over. */
  readonly retry: (index: number, operation: CompiledOperation) => void
  /** The operation has ended, and its event has been delivered. */
  readonly ended: (ended: Ended) => void
}

/** All the ways in which an attempt, and with it an operation, can end. */
export type Settlement = ReturnType<typeof settlement>

export function settlement(parts: SettlementParts) {
  const { now, operations, retries, write, counts, stops, stoppedParent, ended, cooldowns } = parts

  const fail = (
    out: EventOutput,
    index: number,
    operation: CompiledOperation,
    error: OperationError,
    at: number,
    spent: Spent,
    detached: boolean,
  ): void => {
    if (operation.fallback === undefined) {
      counts.failed(operation.id, error)
      write.failed(out, at, index, operation, error, spent, detached)
      const because = error.because ?? [operation.id]
      ended({ index, operation, status: 'failure', because, outcome: { type: 'failed', error } })
    } else {
      const { value } = operation.fallback
      counts.succeeded()
      write.recovered(out, at, index, operation, value, spent, error)
      ended({ index, operation, status: 'fine', because: noRoots, outcome: { type: 'succeeded', value } })
    }
  }

  const cancel = (
    out: EventOutput,
    index: number,
    operation: CompiledOperation,
    cause: CancelCause,
    at: number,
    spent: Spent,
    detached: boolean,
    kept?: KeptOutput,
  ): void => {
    counts.cancelled()
    write.cancelled(out, at, index, operation, cause, spent, detached, kept?.output())
    const because = [cause.type === 'service' ? cause.id : operation.id]
    ended({ index, operation, status: 'failure', because, outcome: { type: 'cancelled', cause } })
  }

  const skip = (
    out: EventOutput,
    index: number,
    operation: CompiledOperation,
    reason: SkipReason,
    because: RootCauses,
    condition?: string,
  ): void => {
    counts.skipped(because, reason === 'gate')
    write.skipped(out, now(), index, operation, reason, because, condition)
    const roots = because.length > 0 ? because : [operation.id]
    const status = reason === 'gate' ? 'gate' : 'failure'
    ended({ index, operation, status, because: roots, outcome: { type: 'skipped', reason, because } })
  }

  const attemptFailed = (out: EventOutput, attempt: Attempt, error: OperationError, at: number, spent: Spent): void => {
    const { operation, index, detached } = attempt
    // What depends on a service that has stood ready would not run beside another one of it.
    const isStopped =
      stoppedParent(index) !== undefined ||
      stops.of(operation) !== undefined ||
      parts.lostService(index) !== undefined ||
      (operation.service === true && parts.wasReady(index))
    const refusal = detached || isStopped ? undefined : cooldowns.refused(index, operation, waitAskedFor(error))
    if (refusal === undefined) cooldowns.left(index, operation)
    const retryInMs = refusal
      ? refusal.until - at
      : detached || isStopped
        ? undefined
        : retries.delayAfter(index, operation, attempt.attempt, error)
    write.attemptFailed(out, at, index, operation, attempt.attempt, error, retryInMs)
    if (refusal?.closed !== undefined) write.poolClosed(out, at, refusal.closed, refusal.until)
    if (retryInMs === undefined) return fail(out, index, operation, error, at, spent, detached)
    if (out.closed) return
    operations.setReadyAt(index, at)
    // A server that asked to wait has not tried it: the next attempt has the same number.
    const past: Past = { ...spent, attempts: spent.attempts - (refusal === undefined ? 0 : 1), lastError: error }
    // A subscriber that heard of the failure may have stopped the run, or its parent: that stop could not know of this operation.
    const parent = stoppedParent(index)
    if (parent !== undefined) return cancel(out, index, operation, { type: 'parent', id: parent }, at, spent, false)
    const stop = stops.of(operation)
    if (stop !== undefined) return stopRetry(out, index, operation, past, stop)
    const service = parts.lostService(index)
    if (service !== undefined) return cancel(out, index, operation, { type: 'service', id: service }, at, spent, false)
    retries.wait(index, past, retryInMs, () => parts.retry(index, operation))
  }

  /** It had failed and was to be tried again: that will not happen now. */
  const stopRetry = (out: EventOutput, index: number, operation: CompiledOperation, past: Past, stop: StopCause): void => {
    const at = now()
    retries.forget(index) // A subscriber that hears of its end may stop the run: that must not end it again.
    const { durationMs, attempts } = past
    const spent: Spent = { durationMs, attempts, waitedMs: past.waitedMs + at - operations.readyAt(index) }
    const cause = cancelCauseOf(stop)
    if (cause === undefined) fail(out, index, operation, past.lastError, at, spent, false)
    else cancel(out, index, operation, cause, at, spent, false)
  }

  /** It waits for a slot or for its next attempt, and its parent has been stopped. */
  const orphaned = (out: EventOutput, index: number, operation: CompiledOperation, cause: CancelCause): void => {
    const past = retries.past(index)
    retries.forget(index)
    const at = now()
    const waitedMs = (past?.waitedMs ?? 0) + at - operations.readyAt(index)
    cancel(out, index, operation, cause, at, { durationMs: past?.durationMs ?? 0, waitedMs, attempts: past?.attempts ?? 0 }, false)
  }

  /** Its gate is open or would open, but the run has been stopped. */
  const unstarted = (out: EventOutput, index: number, operation: CompiledOperation, stop: StopCause): void => {
    const past = retries.past(index)
    if (past !== undefined) return stopRetry(out, index, operation, past, stop)
    const outcome = unstartedOutcome(stop)
    if (outcome.type === 'skipped') return skip(out, index, operation, outcome.reason, outcome.because)
    const at = now()
    const readyAt = operations.readyAt(index)
    const waitedMs = Number.isNaN(readyAt) ? 0 : at - readyAt
    cancel(out, index, operation, outcome.cause, at, { durationMs: 0, waitedMs, attempts: 0 }, false)
  }

  return {
    skip,
    stopRetry,
    orphaned,
    unstarted,

    /** An equal read has been done for it. */
    share(out: EventOutput, index: number, operation: CompiledOperation, read: { readonly id: string; readonly value: unknown }): void {
      counts.succeeded()
      write.shared(out, now(), index, operation, read)
      ended({ index, operation, status: 'fine', because: noRoots, outcome: { type: 'succeeded', value: read.value } })
    },

    /** It ended in the run that this one resumes. */
    reuse(out: EventOutput, index: number, operation: CompiledOperation, known: KnownOutcome): void {
      if (known.type === 'failed') {
        const { error } = known
        counts.failed(operation.id, error)
        write.failedBefore(out, now(), index, operation, known)
        return ended({ index, operation, status: 'failure', because: [operation.id], outcome: { type: 'failed', error } })
      }
      const { value } = known
      counts.succeeded()
      write.reused(out, now(), index, operation, known)
      ended({ index, operation, status: 'fine', because: noRoots, outcome: { type: 'succeeded', value } })
    },

    /** It is nothing that can be run. */
    refuse(out: EventOutput, index: number, operation: CompiledOperation, error: OperationError): void {
      fail(out, index, operation, parts.redactError(error), now(), { durationMs: 0, waitedMs: 0, attempts: 0 }, false)
    },

    /** An attempt is over, or counts as over because it ignored its abort. */
    conclude(out: EventOutput, attempt: Attempt): void {
      const { end, index, operation, startedAt, detached } = attempt
      const at = now()
      const durationMs = at - startedAt
      // The time of one that only coordinates is that of its children: it would count twice.
      counts.attemptEnded(at, operation.weight === 0 ? 0 : durationMs, attempt.attempt > 1)
      if (end.type !== 'failed') cooldowns.left(index, operation)
      const past = retries.past(index)
      const waitedMs = startedAt - operations.readyAt(index)
      if (end.type === 'succeeded' && past === undefined) {
        // As numbers and not as one object: nearly all operations end here.
        counts.succeeded()
        write.succeeded(out, at, index, operation, end.value, durationMs, waitedMs, attempt.attempt)
        return ended({ index, operation, status: 'fine', because: noRoots, outcome: end })
      }
      const spent = spentWith(past, durationMs, waitedMs, attempt.attempt)
      switch (end.type) {
        case 'succeeded':
          counts.succeeded()
          write.succeeded(out, at, index, operation, end.value, spent.durationMs, spent.waitedMs, spent.attempts)
          return ended({ index, operation, status: 'fine', because: noRoots, outcome: end })
        case 'cancelled':
          return cancel(out, index, operation, end.cause, at, spent, detached, attempt.kept)
        case 'failed':
          return attemptFailed(out, attempt, withOutput(parts.redactError(end.error), attempt.kept), at, spent)
      }
    },

    /** It waits for a slot or for its next attempt, and a service that it depends on has ended too early. */
    lost(out: EventOutput, index: number, operation: CompiledOperation, service: string): void {
      const stop = stops.of(operation)
      if (stop !== undefined) return unstarted(out, index, operation, stop)
      if (retries.past(index) === undefined) skip(out, index, operation, 'dependency', [service])
      else orphaned(out, index, operation, { type: 'service', id: service })
    },
  }
}

function spentWith(past: Past | undefined, durationMs: number, waitedMs: number, attempts: number): Spent {
  return { durationMs: (past?.durationMs ?? 0) + durationMs, waitedMs: (past?.waitedMs ?? 0) + waitedMs, attempts }
}
