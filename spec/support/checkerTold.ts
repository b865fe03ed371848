import type { BatchEvent, RunStarted } from '../../src/model/event.js'
import type { Blame, Facts } from './checkerFacts.js'
import { judgeAttemptFailed, judgeTerminal } from './checkerEnds.js'
import { judgeAttemptStarted, judgeReady } from './checkerStarts.js'
import { judgeSummary } from './checkerSummary.js'
import { judgeUndone } from './checkerUndo.js'

/** Holds one event against all that is known. */
export function seeTold(facts: Facts, event: BatchEvent, blame: Blame): void {
  judgeStamp(facts, event, blame)
  switch (event.type) {
    case 'run-started':
      return judgeRunStarted(facts, event, blame)
    case 'operation-ready':
      return judgeReady(facts, event, blame)
    case 'attempt-started':
      return judgeAttemptStarted(facts, event, blame)
    case 'attempt-failed':
      return judgeAttemptFailed(facts, event, blame)
    case 'operation-succeeded':
    case 'operation-failed':
    case 'operation-skipped':
    case 'operation-cancelled':
      return judgeTerminal(facts, event, blame)
    case 'operation-undone':
    case 'undo-failed':
      return judgeUndone(facts, event, blame)
    case 'run-finished':
      return judgeSummary(facts, event, blame)
    case 'operation-output':
    case 'operation-progress':
    case 'attempt-placed':
    case 'process-started':
    case 'operation-emitted':
      if (facts.operations.get(event.id)?.phase !== 'running') blame(`"${event.id}" said something while it was not running`)
      break
    case 'operation-added':
    case 'journal-failed':
    case 'pool-closed':
      blame(`${event.type} was told of a plan without a journal`)
  }
}

function judgeStamp(facts: Facts, event: BatchEvent, blame: Blame): void {
  if (facts.left) blame(`${event.type} was told to a subscriber that had left`)
  if (facts.finished) blame(`${event.type} was told after run-finished`)
  if ((event.seq === 0) !== (event.type === 'run-started')) blame(`event ${event.seq} is ${event.type}`)
  if (event.seq !== facts.seq) blame(`event ${event.seq} came where ${facts.seq} was due`)
  if (!(event.at >= facts.at)) blame(`the time went back from ${facts.at} to ${event.at}`)
  if (facts.runId !== undefined && event.runId !== facts.runId) blame(`the run's id changed to ${event.runId}`)
  facts.runId = event.runId
  facts.seq = event.seq + 1
  facts.at = event.at
}

function judgeRunStarted(facts: Facts, { at, operations, concurrency, edges }: RunStarted, blame: Blame): void {
  facts.startedAt = at
  if (operations !== facts.operations.size) blame(`run-started counts ${operations} operations, not ${facts.operations.size}`)
  if (concurrency !== facts.plan.concurrency) blame(`run-started tells a concurrency of ${concurrency}, not ${facts.plan.concurrency}`)
  const kinds = [...facts.operations.values()].flatMap(({ understood }) => [...understood.counted.values()])
  for (const kind of ['explicit', 'reference', 'effect'] as const) {
    const count = kinds.filter((each) => each === kind).length
    if (edges[kind] !== count) blame(`run-started counts ${edges[kind]} edges of kind ${kind}, not ${count}`)
  }
}
