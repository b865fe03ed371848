import {
  type Blame,
  type Facts,
  isAlive,
  isOrphan,
  isOverTime,
  isSpared,
  mayStillStart,
  type OperationFacts,
  verdictOf,
} from './checkerFacts.js'
import { noteRunTimeout } from './checkerEnds.js'
import { judgeIdle } from './checkerSlots.js'
import { rollbackIsDue } from './checkerUndo.js'
import type { Entry } from './checkerTranscript.js'

/** Nothing happens by itself any more: whatever could go on, and does not, is forgotten or lost. */
export function seeQuiet(facts: Facts, now: number, blame: Blame): void {
  for (const operation of facts.operations.values()) judgeBody(facts, operation, now, blame)
  if (facts.left || facts.finished) return
  facts.finishing = [...facts.operations.values()].every(({ phase }) => phase === 'ended')
  const { timeoutMs } = facts.plan
  const timeIsOver = timeoutMs !== undefined && now >= facts.startedAt + timeoutMs
  if (timeIsOver && !facts.finishing) noteRunTimeout(facts, { type: 'run-timeout' }, now)
  for (const operation of facts.operations.values()) {
    const { id } = operation.understood
    const { phase } = operation
    const verdict = verdictOf(facts, operation.understood)
    if (phase === 'waiting' && verdict !== undefined) blame(`"${id}" still waits though its gate came to "${verdict}"`)
    if (phase === 'failed-attempt') blame(`"${id}" failed its last attempt and did not end`)
    if (phase === 'ready' || phase === 'retrying') {
      if (!mayStillStart(facts, operation)) blame(`"${id}" is still ${phase} after the run was stopped by ${facts.stop?.type}`)
      if (isOrphan(facts, operation)) blame(`"${id}" is still ${phase} after its parent had been told to stop`)
      if (isOverTime(facts, operation)) blame(`"${id}" is still ${phase} after the time of the run was over`)
    }
    if (phase === 'running' && operation.body === undefined) blame(`"${id}" started and nothing came of it`)
    if (phase === 'running' && operation.body?.end !== undefined)
      blame(`the end of "${id}" was not told: ${JSON.stringify(operation.body.end)}`)
  }
  judgeIdle(facts, now, blame)
  if (facts.finishing && !rollbackIsDue(facts)) blame('every operation has ended, and run-finished was not told')
}

/** A body past its time must have been told so, and one that ignored it given up. */
function judgeBody(facts: Facts, operation: OperationFacts, now: number, blame: Blame): void {
  const { body, understood, phase } = operation
  if (body === undefined || !isAlive(operation)) return
  const { id, data } = understood
  if (body.abortedAt === undefined) {
    const stops = facts.stop !== undefined && facts.stop.type !== 'no-new' && !isSpared(facts, operation)
    if (data.timeoutMs !== undefined && now >= body.beganAt + data.timeoutMs) blame(`"${id}" was not aborted when its time was over`)
    if (stops || isOverTime(facts, operation)) blame(`"${id}" was not aborted when the run was stopped`)
    if (isOrphan(facts, operation)) blame(`"${id}" was not aborted when its parent was told to stop`)
    if (facts.left) blame(`"${id}" was not aborted when the subscriber left`)
    if (facts.finished) blame(`"${id}" goes on after the run has finished`)
  } else if (phase !== 'ended' && !facts.left && now >= body.abortedAt + facts.graceMs)
    blame(`"${id}" ignored its abort for the whole grace time and was not given up`)
}

/** After the end nothing may be held, and everything must have been told. */
export function seeOver(facts: Facts, { timers, listeners }: Extract<Entry, { readonly type: 'over' }>, blame: Blame): void {
  if (timers > 0) blame(`${timers} timers are left`)
  if (listeners > 0) blame(`${listeners} listeners are left`)
  if (facts.left) return
  if (!facts.finished) blame('the run never finished')
  for (const { understood, end } of facts.operations.values()) if (end === undefined) blame(`"${understood.id}" never ended`)
}
