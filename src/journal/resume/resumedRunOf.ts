import { setOwn } from '../../model/codec/plainObject.js'
import type { Known, KnownOutcome } from '../../model/known.js'
import type { ResumedRun } from '../resumedRun.js'
import type { LoggedState, RunState } from './runState.js'

/** What is kept of a run that goes on with another one: what it takes over from there, and what it was given instead. */
export function resumedRunOf({ runId, operations }: Pick<RunState, 'runId' | 'operations'>, known: Known): ResumedRun {
  const reused: string[] = []
  const done: Record<string, { readonly value?: unknown }> = {}
  for (const [id, outcome] of known)
    if (isTakenOver(operations.get(id), outcome)) reused.push(id)
    else if (outcome.type === 'succeeded') setOwn(done, id, { value: outcome.value })
  return { runId, reused, ...(Object.keys(done).length > 0 && { done }) }
}

function isTakenOver(state: LoggedState | undefined, outcome: KnownOutcome): boolean {
  if (state?.type === 'succeeded') return outcome.type === 'succeeded' && Object.is(state.value, outcome.value)
  return state?.type === 'failed' && outcome.type === 'failed'
}
