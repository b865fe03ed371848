import type { PlanFault } from '../../model/fault/fault.js'

/** How a run is continued: `resume` what was interrupted, or `retry` what failed too. */
export type ResumeKind = 'resume' | 'retry'

/** Why a run cannot be resumed as requested. Nothing has run. `describeResumeFault` makes the text. */
export type ResumeFault =
  /** An attempt was interrupted, its effect is unknown, and it is not repeatable. */
  | { readonly type: 'interrupted'; readonly id: string; readonly name: string; readonly attempt: number }
  /** Its value is needed, and what is in the log is not all of it. */
  | { readonly type: 'masked'; readonly id: string; readonly neededBy: string; readonly because: 'masked' | 'lossy' }
  /** A clean-up ran after operations that would run again, perhaps without what it removed. */
  | { readonly type: 'cleaned-up'; readonly id: string; readonly again: readonly string[]; readonly from: readonly string[] }
  | { readonly type: 'changed'; readonly id: string; readonly field: 'type' | 'params' }
  /** The result that was given for it is not one that it could have had, or lacks what others need. */
  | { readonly type: 'wrong-result'; readonly id: string; readonly reason: string }
  /** The run has taken back what it did. */
  | { readonly type: 'rolled-back'; readonly runId: string }
  | { readonly type: 'unknown-id'; readonly id: string; readonly flag: 'rerun' | 'done' | 'from'; readonly nearest?: string }
  | { readonly type: 'finished'; readonly runId: string; readonly kind: ResumeKind }
  | { readonly type: 'streamed'; readonly runId: string }
  /** Its operations are functions, which no log can hold. */
  | { readonly type: 'code'; readonly runId: string }
  /** The plan of the run is not known. */
  | { readonly type: 'no-plan'; readonly runId: string }
  /** Its plan is not one that can run now. */
  | { readonly type: 'plan'; readonly faults: readonly PlanFault[] }
  | { readonly type: 'damaged'; readonly runId: string; readonly message: string }
  | { readonly type: 'still-running'; readonly runId: string; readonly pid: number }
  | { readonly type: 'resumed'; readonly runId: string; readonly by: string }
  /** It resumed another run, was interrupted itself, and the log of that other one is gone. */
  | { readonly type: 'earlier-gone'; readonly runId: string; readonly earlier: string }
  /** Its log says too little: what its operations were was not kept. */
  | { readonly type: 'not-kept'; readonly runId: string }
  | { readonly type: 'unknown-run'; readonly runId: string }
