import type { RunRecord } from '../../monitor/history/runRecord.js'

/** One operation of a plan, as a report needs it besides its events. */
export interface ReportedPlanOperation {
  readonly id: string
  readonly type?: string
  readonly title?: string
}

/**
 * What the events of a run do not contain: the graph of its plan, where the plan came from, and earlier runs. The `run.json` beside an
 * event log has these fields.
 */
export interface ReportAbout {
  /** The file of the plan. */
  readonly plan?: string
  /** The W3C trace context that the run was given: an export of its trace is part of that one. */
  readonly traceparent?: string
  /** In the order of the plan. */
  readonly operations?: readonly ReportedPlanOperation[]
  /** Which operation waits for which: the edges that start at node `n` are `targets[offsets[n]] … targets[offsets[n + 1] - 1]`. */
  readonly wiring?: { readonly nodes: number; readonly offsets: ArrayLike<number>; readonly targets: ArrayLike<number> }
  /** Finished runs of the same root, from its history: only those that can be compared with this one are shown. */
  readonly history?: readonly RunRecord[]
}
