import {
  type Blame,
  type Facts,
  isAlive,
  isHeardLater,
  isOrphan,
  isOverTime,
  isSpared,
  noteCompletion,
  type OperationFacts,
} from './checkerFacts.js'
import { judgeParams } from './checkerParams.js'
import type { Entry } from './checkerTranscript.js'

type BodyEntry = Extract<Entry, { readonly type: 'body-began' | 'body-aborted' | 'body-ended' }>

/** Holds what a body saw itself against what was told of it. */
export function seeBody(facts: Facts, entry: BodyEntry, blame: Blame): void {
  const operation = facts.operations.get(entry.id)
  if (operation === undefined) return blame(`a body of "${entry.id}" ran, which was never told of`)
  switch (entry.type) {
    case 'body-began':
      if (operation.phase !== 'running' || operation.body !== undefined || operation.attempts !== entry.attempt)
        blame(`the body of attempt ${entry.attempt} of "${entry.id}" ran without having been told of`)
      if (operation.parent === undefined) judgeParams(facts, operation, entry.params, blame)
      operation.body = { attempt: entry.attempt, beganAt: entry.now, abortedAt: undefined, reasons: [], end: undefined }
      return
    case 'body-aborted':
      return abort(facts, operation, entry.now, blame)
    case 'body-ended':
      if (!isAlive(operation)) return blame(`the body of "${entry.id}" ended without having begun`)
      operation.body!.end = entry.end
      if (operation.phase === 'running' && !isHeardLater(facts, operation)) noteCompletion(facts, entry.id)
  }
}

function abort(facts: Facts, operation: OperationFacts, now: number, blame: Blame): void {
  const { body, understood } = operation
  if (body === undefined) return blame(`a body of "${understood.id}" was aborted that had not begun`)
  const { timeoutMs } = understood.data
  const stops = facts.stop !== undefined && facts.stop.type !== 'no-new' && !isSpared(facts, operation)
  const reasons: typeof body.reasons = [
    ...(timeoutMs !== undefined && now >= body.beganAt + timeoutMs ? (['timeout'] as const) : []),
    ...(stops || isOverTime(facts, operation) ? (['stop'] as const) : []),
    ...(isOrphan(facts, operation) ? (['parent'] as const) : []),
    ...(facts.left ? (['left'] as const) : []),
  ]
  if (body.abortedAt !== undefined) blame(`the body of "${understood.id}" was aborted twice`)
  if (reasons.length === 0) blame(`the body of "${understood.id}" was aborted at ${now} for no reason`)
  body.abortedAt = now
  body.reasons = reasons
}
