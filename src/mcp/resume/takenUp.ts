import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describeResumeFault } from '../../journal/resume/describeResumeFault.js'
import { prepareResume, type PreparedResume } from '../../journal/resume/prepareResume.js'
import { readRunState } from '../../journal/resume/readRunState.js'
import type { ResumeFault } from '../../journal/resume/resumeFault.js'
import { runsFolderOf } from '../../journal/stateFolder.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { Refused, RefusedCall } from '../refused.js'
import type { EarlierBatch } from './earlierBatch.js'

/** Decides what a batch takes over from an earlier one. A `Left` has every reason why it cannot go on like this; nothing has been done. */
export async function takenUp(
  root: string,
  { kind, batchId, choices }: EarlierBatch,
  compiled: CompiledPlan,
): Promise<E.Either<RefusedCall, PreparedResume>> {
  const state = await readRunState(join(runsFolderOf(root), batchId))
  if (E.isLeft(state)) return E.left(refusedResume([state.left]))
  return E.mapLeft(refusedResume)(prepareResume(compiled, state.right, kind, choices))
}

/** Why a batch cannot go on for which no plan was sent, and which this server does not know. */
export async function withoutPlan(root: string, batchId: string): Promise<readonly Refused[]> {
  const state = await readRunState(join(runsFolderOf(root), batchId))
  return [refusedFault(E.isLeft(state) ? state.left : { type: 'no-plan', runId: batchId })]
}

function refusedResume(faults: readonly ResumeFault[]): RefusedCall {
  return { faults: faults.map(refusedFault), more: 0, help: [] }
}

/** Why a batch that seemed free could not be taken over after all: somebody else was quicker, or its log cannot be written. */
export async function notTakenOver(root: string, batchId: string, error: unknown): Promise<RefusedCall> {
  const state = await readRunState(join(runsFolderOf(root), batchId))
  if (E.isLeft(state)) return refusedResume([state.left])
  const reason = error instanceof Error ? error.message : String(error)
  return { faults: [{ at: '', type: 'journal', message: `The batch ${batchId} cannot be continued.\n${reason}` }], more: 0, help: [] }
}

function refusedFault(fault: ResumeFault): Refused {
  return { at: 'id' in fault ? fault.id : '', type: fault.type, message: describeResumeFault(fault, 'tool') }
}
