import { isDeepStrictEqual } from 'node:util'
import type { RunFinished } from '../../src/model/event.js'
import type { Summary } from '../../src/model/summary.js'
import { type Blame, type Facts, type OperationFacts, isFailure } from './checkerFacts.js'
import { noteRunTimeout } from './checkerEnds.js'
import { rollbackIsDue, stepsOf } from './checkerUndo.js'

/** Recounts everything the summary says. */
export function judgeSummary(facts: Facts, { at, summary }: RunFinished, blame: Blame): void {
  facts.finished = true
  const operations = [...facts.operations.values()]
  for (const { understood, end } of operations) if (end === undefined) blame(`the run finished before "${understood.id}" had ended`)
  if (rollbackIsDue(facts)) blame('the run finished before everything was undone')
  if (summary.stoppedBy !== undefined) noteRunTimeout(facts, summary.stoppedBy, at)
  const expected = recounted(facts, at)
  for (const field of new Set([...Object.keys(expected), ...Object.keys(summary)])) {
    const [told, right] = [Reflect.get(summary, field) as unknown, Reflect.get(expected, field) as unknown]
    if (!isDeepStrictEqual(told, right)) blame(`the summary tells ${field} ${JSON.stringify(told)}, not ${JSON.stringify(right)}`)
  }
}

function recounted(facts: Facts, at: number): Summary {
  const operations = [...facts.operations.values()]
  const ended = (type: string): number => operations.filter(({ end }) => end?.type === `operation-${type}`).length
  const { plan, runId = '', startedAt, workMs, attemptStarts, attemptEnds, stop } = facts
  const failures = facts.endOrder.flatMap((id) => {
    const end = facts.operations.get(id)?.end
    return end?.type === 'operation-failed' ? [end] : []
  })
  const blocked = (root: string): number =>
    operations.filter(({ end }) => end?.type === 'operation-skipped' && isFailure(end) && end.because.includes(root)).length
  return {
    runId,
    ...(plan.name !== undefined && { name: plan.name }),
    ok: !operations.some(({ end }) => isFailure(end)),
    counts: {
      total: operations.length,
      succeeded: ended('succeeded'),
      failed: ended('failed'),
      skipped: ended('skipped'),
      cancelled: ended('cancelled'),
    },
    startedAt,
    finishedAt: at,
    makespanMs: attemptStarts.length === 0 ? 0 : Math.max(...attemptEnds) - Math.min(...attemptStarts),
    workMs,
    concurrency: plan.concurrency,
    attempts: attemptStarts.length,
    retries: operations.reduce((sum, { attempts }) => sum + Math.max(0, attempts - 1), 0),
    ...(facts.retriesRefused > 0 && { retriesRefused: facts.retriesRefused }),
    rootCauses: failures.map(({ id, error }) => ({ id, error, blocked: blocked(id) })),
    rootCausesOmitted: 0,
    detached: facts.detached,
    ...(stop !== undefined && { stoppedBy: stop }),
    ...rolledBack(facts),
  }
}

function rolledBack({ plan, operations, completionOrder, rollback }: Facts): Pick<Summary, 'rollback'> {
  if (plan.onFailure !== 'rollback' || ![...operations.values()].some(({ end }) => isFailure(end))) return {}
  const notUndoable = completionOrder.filter((id) => isLasting(operations.get(id)!))
  return { rollback: { undone: rollback.undone.length, failed: rollback.failed, notUndoable } }
}

/** `test.mend` knows how to undo itself, and `test.spread` does nothing itself: where nothing was registered, there is nothing to undo. */
function isLasting(operation: OperationFacts): boolean {
  return stepsOf(operation).length === 0 && !['mend', 'spread'].includes(operation.understood.data.operation)
}
