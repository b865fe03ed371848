import { judgeGate } from '../../graph/edges/judgeGate.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { RunContext } from '../flow/runContext.js'
import { spares } from '../flow/stopRules.js'

/** All that an operation waited for has ended: it becomes ready, shares a read, or is skipped. */
export function openGate(run: RunContext, index: number): void {
  const { table, wiring, ending } = run
  const task = table.task(index)
  const verdict = judgeGate(task.when, wiring.sawFailure(index), wiring.sawGate(index))
  if (verdict !== 'open') return ending.skip(index, task, verdict, wiring.because(index))
  const read = wiring.sharedRead(index)
  if (read !== undefined && !isStopped(run, task)) ending.share(index, task, read)
  else makeReady(run, index, task)
}

/** It waits only for a slot now, unless the run or what it is part of has been stopped. */
export function makeReady(run: RunContext, index: number, task: CompiledOperation): void {
  const { table, tell, children, ending } = run
  if (run.stopped !== undefined && isStopped(run, task)) return ending.unstarted(index, task, run.stopped)
  const at = run.now()
  table.setReadyAt(index, at)
  tell.ready(at, index, task)
  // Whoever heard of it may have stopped the run, or what it is part of.
  const parent = children.parentOf(index)
  if (parent?.stopped === true) ending.orphaned(index, task, { type: 'parent', id: parent.id })
  else if (run.stopped !== undefined && isStopped(run, task)) ending.unstarted(index, task, run.stopped)
  else enqueue(run, index, task)
}

export function enqueue({ table, slot }: RunContext, index: number, task: CompiledOperation): void {
  if (index < table.known) slot.add(index, task)
  else slot.addLate(index, task, table.order(index))
}

function isStopped({ stopped }: RunContext, task: CompiledOperation): boolean {
  return stopped !== undefined && !spares(stopped, task.when)
}
