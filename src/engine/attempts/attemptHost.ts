import { defaultGraceMs } from '../../model/limits.js'
import type { Outcome } from '../../model/outcome.js'
import type { ChildOperation } from '../../model/work.js'
import type { Attempt, AttemptHost } from './attempt.js'
import { compiledChild } from './children.js'
import { makeReady } from '../gates/gateOpening.js'
import { stopChildren } from '../flow/stopRun.js'
import { whileStill, type RunContext } from '../flow/runContext.js'

/** What the attempts of a run tell it. */
export function attemptHost(run: RunContext): AttemptHost {
  const { now, tell, counted, undos, running, slot, ending, loop } = run
  return {
    scheduler: run.scheduler,
    runId: run.runId,
    graceMs: run.options.graceMs ?? defaultGraceMs,
    results: run.wiring.results,
    undoable: run.batch.onFailure === 'rollback',
    now,
    began(attempt) {
      counted.attemptBegan(attempt.startedAt)
      tell.attemptStarted(attempt.startedAt, attempt.index, attempt.task, attempt.attempt)
      if (!attempt.stopped) undos.began(attempt.task)
    },
    // What a body says after its end, or after it was given up, is not part of the story any more.
    output: (attempt, stream, text) => attempt.over || tell.output(now(), attempt, stream, text),
    progress: (attempt, fraction, message) => attempt.over || tell.progress(now(), attempt.task, fraction, message),
    process: (attempt, pid, startedAt) => attempt.over || tell.processStarted(now(), attempt.task, attempt.attempt, pid, startedAt),
    emit: (attempt, name, data) => attempt.over || tell.emitted(now(), attempt.task, name, data),
    onUndo: (attempt, undo) => undos.register(attempt.task, undo),
    child: (attempt, child) => addChild(run, attempt, child),
    stopping: (attempt) => stopChildren(run, attempt),
    // On the hot path: written out, where `whileStill` would make a function for each attempt.
    ended(attempt) {
      running.remove(attempt)
      if (run.closed) return
      const isOutermost = loop.enter()
      try {
        slot.release(attempt.task)
        if (!attempt.detached) {
          undos.ended(attempt.task)
          ending.conclude(attempt)
        }
      } catch (thrown) {
        run.subscriber.error(thrown)
      }
      loop.leave(isOutermost)
    },
    overdue: (attempt) =>
      whileStill(run, () => {
        counted.detached(attempt.id)
        undos.ended(attempt.task)
        ending.conclude(attempt)
      }),
  }
}

function addChild(run: RunContext, attempt: Attempt, child: ChildOperation): PromiseLike<Outcome> {
  if (attempt.task.weight !== 0) throw new TypeError(`"${attempt.id}" holds a slot, so it cannot wait for operations of its own.`)
  // What a body still wants to begin after it was told to stop is not part of the story any more.
  if (attempt.stopped || attempt.over || run.closed)
    return Promise.resolve({ type: 'cancelled', cause: { type: 'parent', id: attempt.id } })
  const { table, children } = run
  const task = compiledChild(attempt.task, child)
  const index = table.add(task, table.order(attempt.index))
  const outcome = children.adopt(attempt, index)
  whileStill(run, () => makeReady(run, index, task))
  return outcome
}
