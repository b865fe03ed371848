import type { OutputMode } from '../../terminal/output/outputMode.js'
import type { BaselineRunFlags } from '../baseline/againstBaseline.js'
import type { PlanOverrides, PlanReaderFlags } from '../flags/settings.js'
import type { ReportFlags } from '../report/reportFlags.js'
import type { RecordingFlags } from './record/recordRun.js'
import type { WatchingFlags } from './watching.js'

/** What `millrace run` can be given. */
export interface RunFlags extends PlanReaderFlags, PlanOverrides, RecordingFlags, BaselineRunFlags, ReportFlags, WatchingFlags {
  readonly events?: true
  readonly json?: true
  readonly quiet?: true
  readonly output?: OutputMode
  readonly tokens?: true
  /** Operations with `confirm` are confirmed. */
  readonly yes?: true
  readonly ui?: true
  readonly repeat?: number
  /** The Redis with the queue of the workers. */
  readonly on?: string
  /** How many times each way; `true` for as many as it takes. */
  readonly compareSequential?: number | true
}
