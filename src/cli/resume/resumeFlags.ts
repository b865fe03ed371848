import { withoutStdout, type ReportFlags } from '../report/reportFlags.js'
import type { RunFlags } from '../run/runFlags.js'
import type { DoneFlag } from './doneFlag.js'

/** What is shown of a run, and what is written of it: for whoever resumes it. */
type ViewFlags = Pick<RunFlags, 'events' | 'json' | 'quiet' | 'output' | 'metrics' | 'alert' | 'ui'> & ReportFlags

export interface ResumeFlags extends ViewFlags, Pick<RunFlags, 'color' | 'on' | 'yes'> {
  readonly dryRun?: true
  readonly rerun?: readonly string[]
  readonly done?: DoneFlag
  readonly from?: readonly string[]
  readonly set?: readonly string[]
  readonly plan?: string
  readonly root?: string
}

/**
 * The flags of the earlier run. What is shown, and how, is for whoever resumes it, and so is stdout; reports go to the same files again, unless
 * others are named. It is compared with nothing.
 */
export function withView(ran: RunFlags, flags: ResumeFlags, root: string): RunFlags {
  const {
    events: _events,
    json: _json,
    quiet: _quiet,
    output: _output,
    metrics: _metrics,
    ui: _ui,
    tokens: _tokens,
    baseline: _baseline,
    failOn: _failOn,
    repeat: _repeat,
    ...kept
  } = withoutStdout(ran)
  const { rerun: _rerun, done: _done, from: _from, set: _set, plan: _plan, root: _root, dryRun: _dryRun, ...view } = flags
  return { ...kept, root: kept.root ?? [root], ...view }
}
