import { isDeepStrictEqual } from 'node:util'
import type {
  AttemptFailed,
  OperationCancelled,
  OperationFailed,
  OperationSkipped,
  OperationSucceeded,
  TerminalEvent,
} from '../../src/model/event.js'
import type { OperationError } from '../../src/model/operationError.js'
import {
  type Blame,
  type Facts,
  isAlive,
  isHeardLater,
  isOrphan,
  isSpared,
  mayStillStart,
  noteCompletion,
  type OperationFacts,
  rootsOf,
  verdictOf,
} from './checkerFacts.js'
import { operationOf } from './checkerStarts.js'

const show = (value: unknown): string => JSON.stringify(value) ?? String(value)

/** Takes note that an attempt is over, and of the time it took. */
function endAttempt(facts: Facts, operation: OperationFacts, at: number): void {
  operation.durationMs += at - operation.startedAt
  operation.readyAt = at
  const { id } = operation.understood
  const { completionOrder } = facts
  const isComplete = operation.body === undefined ? completionOrder.includes(id) : isHeardLater(facts, operation) || isAlive(operation)
  if (isComplete) noteCompletion(facts, id)
  // One that only coordinates others does no work of its own.
  if (operation.understood.weight > 0) facts.workMs += at - operation.startedAt
  facts.attemptEnds.push(at)
}

/** A body that goes on may be given up only after it ignored its abort for the whole grace time. */
function judgeDetached(facts: Facts, operation: OperationFacts, at: number, blame: Blame): void {
  const { body, understood } = operation
  if (body === undefined || !isAlive(operation)) return
  if (body.abortedAt === undefined) blame(`"${understood.id}" ended at ${at} while its body went on, which was never told to stop`)
  else if (at < body.abortedAt + facts.graceMs)
    blame(`"${understood.id}" was given up at ${at}, before its grace ended at ${body.abortedAt + facts.graceMs}`)
}

function isSameError(error: OperationError, thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false
  return (['type', 'message', 'retryable'] as const).every((field) => field in thrown && error[field] === Reflect.get(thrown, field))
}

export function judgeAttemptFailed(facts: Facts, event: AttemptFailed, blame: Blame): void {
  const operation = operationOf(facts, event, blame)
  if (operation === undefined) return
  const { id, attempt, at, error, retryInMs } = event
  const { body } = operation
  if (operation.phase !== 'running') blame(`an attempt of "${id}" failed while it was ${operation.phase}`)
  if (attempt !== operation.attempts) blame(`attempt ${attempt} of "${id}" failed, but ${operation.attempts} was running`)
  judgeDetached(facts, operation, at, blame)
  if (body === undefined) {
    if (error.type !== 'invalid-params') blame(`"${id}" failed with ${show(error)} though its body never began`)
  } else if (body.abortedAt !== undefined) {
    if (error.type !== 'timeout' || !body.reasons.includes('timeout'))
      blame(`"${id}" was aborted for ${body.reasons.join(', ')} but failed with ${show(error)}`)
  } else if (body.end?.type !== 'threw' || !isSameError(error, body.end.error))
    blame(`"${id}" failed with ${show(error)}, but its body did otherwise: ${show(body.end)}`)
  judgeRetry(facts, operation, event, blame)
  endAttempt(facts, operation, at)
  operation.lastError = error
  operation.phase = retryInMs === undefined ? 'failed-attempt' : 'retrying'
  operation.retryDueAt = at + (retryInMs ?? 0)
  operation.retryNoticed = false
}

function judgeRetry(facts: Facts, operation: OperationFacts, { id, at, attempt, error, retryInMs }: AttemptFailed, blame: Blame): void {
  const { retry } = operation.understood.data
  const may =
    retry !== undefined &&
    attempt < retry.attempts &&
    error.retryable &&
    !isAlive(operation) &&
    mayStillStart(facts, operation) &&
    !isOrphan(facts, operation)
  // At the very moment the run's time is over that may have been noticed already, or not yet.
  const isMoot = facts.plan.timeoutMs !== undefined && at >= facts.startedAt + facts.plan.timeoutMs
  const isRefused = facts.retries >= (facts.plan.retryBudget ?? Infinity)
  if (may && isRefused && retryInMs === undefined) facts.retriesRefused++
  if (retryInMs !== undefined) facts.retries++
  if (!isMoot && (may && !isRefused) !== (retryInMs !== undefined))
    blame(`"${id}" ${may ? 'was not tried again' : 'is to be tried again'} after attempt ${attempt}`)
  if (retry === undefined || retryInMs === undefined) return
  const { delayMs = 200, factor = 2, maxDelayMs = 30_000 } = retry
  const most = Math.min(maxDelayMs, delayMs * factor ** (attempt - 1))
  if (!(retryInMs >= 0 && retryInMs <= most)) blame(`"${id}" is to be tried again in ${retryInMs} ms, which is not within 0 to ${most}`)
}

export function judgeTerminal(facts: Facts, event: TerminalEvent, blame: Blame): void {
  const operation = operationOf(facts, event, blame)
  if (operation === undefined) return
  const { id, at } = event
  if (!isAlive(operation) && [...facts.operations.values()].some(({ parent, phase }) => parent === id && phase !== 'ended'))
    blame(`"${id}" ended before all of its parts`)
  if (operation.phase === 'ended') blame(`"${id}" ended twice: ${operation.end?.type}, then ${event.type}`)
  switch (event.type) {
    case 'operation-succeeded':
      judgeSucceeded(facts, operation, event, blame)
      break
    case 'operation-failed':
      judgeFailed(facts, operation, event, blame)
      break
    case 'operation-skipped':
      judgeSkipped(facts, operation, event, blame)
      break
    case 'operation-cancelled':
      judgeCancelled(facts, operation, event, blame)
  }
  if (event.type !== 'operation-skipped') judgeSpent(operation, event, blame)
  if (isAlive(operation)) facts.detached.push(id)
  operation.phase = 'ended'
  operation.end = event
  facts.endOrder.push(id)
  const { onFailure } = facts.plan
  if (event.type === 'operation-failed' && onFailure !== 'continue' && (facts.stop === undefined || facts.stop.type === 'no-new'))
    facts.stop ??= { type: onFailure === 'no-new' ? 'no-new' : 'policy', because: [id] }
  if (at < facts.startedAt) blame(`"${id}" ended before the run began`)
}

function judgeSpent(operation: OperationFacts, event: Exclude<TerminalEvent, OperationSkipped>, blame: Blame): void {
  for (const field of ['durationMs', 'waitedMs', 'attempts'] as const)
    if (event[field] !== operation[field]) blame(`"${event.id}" tells ${field} ${event[field]}, not ${operation[field]}`)
}

function judgeSucceeded(facts: Facts, operation: OperationFacts, event: OperationSucceeded, blame: Blame): void {
  const { id, at, value, recoveredFrom } = event
  const { body, understood } = operation
  if (recoveredFrom === undefined) {
    if (operation.phase !== 'running') blame(`"${id}" succeeded while it was ${operation.phase}`)
    if (body?.abortedAt !== undefined) blame(`"${id}" succeeded though it was aborted`)
    if (body?.end?.type !== 'gave' || !isDeepStrictEqual(body.end.value, value))
      blame(`"${id}" succeeded with ${show(value)}, but its body did otherwise: ${show(body?.end)}`)
    return endAttempt(facts, operation, at)
  }
  judgeLastFailure(facts, operation, recoveredFrom, blame)
  if (!Object.hasOwn(understood.data, 'fallback') || !isDeepStrictEqual(understood.data.fallback, value))
    blame(`"${id}" took ${show(value)} as its fallback`)
}

/** It ends with the failure of its last attempt: that was its last, or it will not be tried again. */
function judgeLastFailure(facts: Facts, operation: OperationFacts, error: OperationError, blame: Blame): void {
  const { id } = operation.understood
  const { phase } = operation
  const inVain = phase === 'retrying' && facts.stop?.type === 'no-new' && !isSpared(facts, operation)
  if (phase !== 'failed-attempt' && !inVain) blame(`"${id}" came to a failure while it was ${phase}`)
  if (!isDeepStrictEqual(error, operation.lastError)) blame(`"${id}" came to ${show(error)}, not to its last failure`)
  if (inVain) operation.waitedMs += facts.at - (operation.readyAt ?? facts.at)
}

function judgeFailed(facts: Facts, operation: OperationFacts, event: OperationFailed, blame: Blame): void {
  judgeLastFailure(facts, operation, event.error, blame)
  if (Object.hasOwn(operation.understood.data, 'fallback')) blame(`"${event.id}" failed though it has a fallback`)
  if (event.detached !== (isAlive(operation) ? true : undefined)) blame(`"${event.id}" tells detached ${event.detached}`)
}

function judgeSkipped(facts: Facts, operation: OperationFacts, { id, reason, because }: OperationSkipped, blame: Blame): void {
  const verdict = verdictOf(facts, operation.understood)
  if (operation.phase !== 'waiting' && !(operation.phase === 'ready' && reason === 'policy'))
    blame(`"${id}" was skipped while it was ${operation.phase}`)
  const expected = verdict === 'open' ? 'policy' : verdict
  if (reason !== expected) blame(`"${id}" was skipped for "${reason}" where the gate says ${expected ?? 'nothing yet'}`)
  if (reason === 'policy' && (mayStillStart(facts, operation) || (facts.stop?.type !== 'no-new' && facts.stop?.type !== 'policy')))
    blame(`"${id}" was skipped by a policy that does not stop it: ${show(facts.stop)}`)
  const roots =
    reason !== 'policy'
      ? [...rootsOf(facts, operation.understood)]
      : facts.stop !== undefined && 'because' in facts.stop
        ? facts.stop.because
        : []
  const isRight = because.length === Math.min(100, roots.length) && new Set(because).size === because.length
  if (!isRight || !because.every((root) => roots.includes(root)))
    blame(`"${id}" was skipped because of ${show(because)}, not ${show(roots)}`)
}

function judgeCancelled(facts: Facts, operation: OperationFacts, { id, at, cause, detached }: OperationCancelled, blame: Blame): void {
  const { body, phase } = operation
  noteRunTimeout(facts, cause, at)
  const byStop = cause.type !== 'parent' && !mayStillStart(facts, operation) && facts.stop?.type !== 'no-new'
  const byParent = cause.type === 'parent' && cause.id === operation.parent
  if (!byStop && !byParent) blame(`"${id}" was cancelled for ${show(cause)} while the stop in force was ${show(facts.stop)}`)
  if (phase === 'running') {
    judgeDetached(facts, operation, at, blame)
    if (body !== undefined && body.abortedAt === undefined) blame(`"${id}" was cancelled but its body was never told to stop`)
    if (body !== undefined && !body.reasons.includes(byParent ? 'parent' : 'stop'))
      blame(`"${id}" was aborted for ${body.reasons.join(', ')} but cancelled for ${cause.type}`)
    endAttempt(facts, operation, at)
  } else if (phase === 'ready' || phase === 'retrying' || phase === 'waiting') {
    const open = phase !== 'waiting' || verdictOf(facts, operation.understood) === 'open'
    if (!open) blame(`"${id}" was cancelled though its gate is not open`)
    if (cause.type === 'policy' && phase !== 'retrying') blame(`"${id}" was cancelled by policy without having started: that is a skip`)
    if (operation.readyAt !== undefined) operation.waitedMs += at - operation.readyAt
  } else blame(`"${id}" was cancelled while it was ${phase}`)
  if (detached !== (isAlive(operation) ? true : undefined)) blame(`"${id}" tells detached ${detached}`)
}

/** The run's own time limit shows itself only by what it stops. */
export function noteRunTimeout(facts: Facts, cause: { readonly type: string }, at: number): void {
  const { timeoutMs } = facts.plan
  if (cause.type !== 'run-timeout' || timeoutMs === undefined || at < facts.startedAt + timeoutMs) return
  if (facts.stop?.type !== 'signal') facts.stop = { type: 'run-timeout', timeoutMs }
}
