import * as E from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { ResumedRun } from '../resumedRun.js'
import { decide, type Decision } from './decision.js'
import type { ResumeChoices } from './resumeChoices.js'
import type { ResumeFault, ResumeKind } from './resumeFault.js'
import { resumedRunOf } from './resumedRunOf.js'
import type { LeftProgram, RunState } from './runState.js'

/** A run that is ready to go on with another one. */
export interface PreparedResume {
  readonly decision: Decision
  /** For `run.json` of the new run: whoever opens its log with it takes the earlier run over, for as long as the log is open. */
  readonly resumes: ResumedRun
  /** Programs of the earlier run that may still be alive: to be ended once that run has been taken over. */
  readonly programs: readonly LeftProgram[]
}

/** All that has to be known before the first effect of a run that resumes another one. */
export function prepareResume(
  plan: CompiledPlan,
  state: RunState,
  kind: ResumeKind,
  choices?: ResumeChoices,
): E.Either<NonEmptyArray<ResumeFault>, PreparedResume> {
  return E.map((decision: Decision) => ({ decision, resumes: resumedRunOf(state, decision.known), programs: state.programs }))(
    decide(plan, state, kind, choices),
  )
}
