import { isRepeatable } from '../../graph/operations/isRepeatable.js'
import type { CompiledOperation, Graph } from '../../model/graph.js'
import type { KnownOutcome } from '../../model/known.js'
import type { KeptOperation } from '../keptOperations.js'
import { changedField } from './changedField.js'
import { isFanOut, listSource } from './fanOut.js'
import type { ResumeChoices } from './resumeChoices.js'
import type { ResumeFault, ResumeKind } from './resumeFault.js'
import type { LoggedState, RunState } from './runState.js'
import { verdictOf, type ResumeVerdict } from './verdict.js'

/**
 * What becomes of the items of fan-outs that run again. Their list is the same when it was taken over, so each goes by its own state;
 * any other child is done again with its parent.
 */
export function itemVerdicts(
  { operations }: Graph,
  { runId, operations: states }: RunState,
  kind: ResumeKind,
  { rerun = [], done = {} }: ResumeChoices,
  verdicts: readonly ResumeVerdict[],
  kept: ReadonlyMap<string, KeptOperation>,
): { readonly known: ReadonlyMap<string, KnownOutcome>; readonly faults: readonly ResumeFault[] } {
  const known = new Map<string, KnownOutcome>()
  const faults: ResumeFault[] = []
  const parents = new Map<string, CompiledOperation>()
  operations.forEach((operation, index) => {
    const verdict = verdicts[index]!
    const before = kept.get(operation.id)
    if (verdict.type !== 'again' || verdict.chosen === true || !isFanOut(operation) || !hasSameList(operation, operations, verdicts)) return
    if (before !== undefined && changedField(operation, before) === undefined) parents.set(operation.id, operation)
  })
  if (parents.size === 0) return { known, faults }
  for (const [id, state] of states) {
    const parent = state.parent === undefined ? undefined : parents.get(state.parent)
    if (parent === undefined || (rerun !== 'all' && rerun.includes(id))) continue
    if (Object.hasOwn(done, id)) known.set(id, { type: 'succeeded', value: done[id], from: runId })
    else addItem(id, parent, state, kind, known, faults)
  }
  return { known, faults }
}

function hasSameList(operation: CompiledOperation, operations: Graph['operations'], verdicts: readonly ResumeVerdict[]): boolean {
  const source = listSource(operation, operations)
  return source === undefined || verdicts[source]!.type === 'known'
}

function addItem(
  id: string,
  parent: CompiledOperation,
  state: LoggedState,
  kind: ResumeKind,
  known: Map<string, KnownOutcome>,
  faults: ResumeFault[],
): void {
  const repeatable = isRepeatable(parent)
  if (state.type === 'open') {
    if (!repeatable) faults.push({ type: 'interrupted', id, name: parent.name, attempt: state.attempt })
    return
  }
  const verdict = verdictOf(parent, state, kind)
  if (verdict.type !== 'known') return
  const { outcome } = verdict
  // The whole gives the values of all its items.
  if (outcome.type === 'failed' || (outcome.masked !== true && outcome.lossy !== true)) return void known.set(id, outcome)
  if (!repeatable) faults.push({ type: 'masked', id, neededBy: parent.id, because: outcome.masked === true ? 'masked' : 'lossy' })
}
