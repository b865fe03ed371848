import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import { stopRun } from './stopRun.js'
import type { RunOptions } from '../options.js'
import type { RunContext } from './runContext.js'
import { stopAfterFailure } from './stopRules.js'
import type { Mark, RootCauses } from '../gates/dependencies.js'

/** An operation has ended and everyone was told: what follows for those that wait for it, and for the run. */
export function operationEnded(
  run: RunContext,
  index: number,
  task: CompiledOperation,
  mark: Mark,
  because: RootCauses,
  outcome: Outcome,
): void {
  const { undos, past, children: parts, table, batch, options } = run
  run.ended++
  undos.settled(task, outcome)
  if (past.size > 0) past.delete(index)
  if (parts.ended(index, outcome)) table.remove(index)
  else if (gatesWait(options)) passOnOnceKept(run, index, task, mark, because, outcome)
  else passOn(run, index, task, mark, because, outcome)
  if (outcome.type !== 'failed') return
  const stop = stopAfterFailure(batch.onFailure, task.id)
  if (stop !== undefined) stopRun(run, stop)
}

function gatesWait({ journal }: RunOptions): boolean {
  return journal !== undefined && journal.holdsGates
}

// A function of its own: one that holds a closure over what it is given makes room for all of that at every call, also when the
// closure is not made.
function passOnOnceKept(run: RunContext, index: number, task: CompiledOperation, mark: Mark, because: RootCauses, outcome: Outcome): void {
  run.kept.after(() => passOn(run, index, task, mark, because, outcome))
}

function passOn(
  { wiring, table }: RunContext,
  index: number,
  task: CompiledOperation,
  mark: Mark,
  because: RootCauses,
  outcome: Outcome,
): void {
  wiring.ended(index, task, mark, because, outcome)
  table.remove(index)
}
