import type { CancelCause } from '../../model/outcome.js'
import type { StopCause } from '../../model/summary.js'
import type { Attempt } from '../attempts/attempt.js'
import { enqueue } from '../gates/gateOpening.js'
import { whileStill, type RunContext } from './runContext.js'
import { cancelCauseOf, spares, strongerStop } from './stopRules.js'

/** Stops a run, as far as the cause stops it. Whoever hears of an end may stop it in a stronger way: the rest goes by that. */
export function stopRun(run: RunContext, next: StopCause): void {
  if (run.closed || run.finishing || strongerStop(run.stopped, next) !== next) return
  run.stopped = next
  whileStill(run, () => {
    run.feed?.stop()
    for (const index of run.slot.clear()) unstart(run, index)
    for (const index of [...run.past.keys()]) stopRetry(run, index)
    const cause = cancelCauseOf(run.stopped ?? next)
    if (cause === undefined) return
    for (const attempt of run.running.all()) if (!spares(run.stopped ?? next, attempt.task.when)) attempt.cancel(cause)
  })
}

function unstart(run: RunContext, index: number): void {
  const { table, ending, stopped } = run
  const task = table.task(index)
  if (stopped === undefined || spares(stopped, task.when)) enqueue(run, index, task)
  else ending.unstarted(index, task, stopped)
}

function stopRetry({ table, past, ending, stopped }: RunContext, index: number): void {
  const before = past.get(index)
  if (before?.retryTimer === undefined || stopped === undefined) return
  const task = table.task(index)
  if (!spares(stopped, task.when)) ending.waitedInVain(index, task, before, stopped)
}

/** An attempt has been told to end: so is everything that is part of it. */
export function stopChildren(run: RunContext, attempt: Attempt): void {
  const { children, running, past, slot, table, ending } = run
  const parts = new Set(children.of(attempt))
  if (parts.size === 0) return
  whileStill(run, () => {
    const cause: CancelCause = { type: 'parent', id: attempt.id }
    const going = running.of(parts)
    const toBeTriedAgain = [...parts].filter((index) => past.get(index)?.retryTimer !== undefined)
    const ready = run.closed ? [] : slot.drop(parts)
    for (const index of ready) ending.orphaned(index, table.task(index), cause)
    // Whoever hears of an end may stop the run, which ends what waits for its next attempt.
    for (const index of toBeTriedAgain)
      if (!run.closed && past.get(index)?.retryTimer !== undefined) ending.orphaned(index, table.task(index), cause)
    for (const part of going) part.cancel(cause)
  })
}
