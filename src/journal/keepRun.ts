import type { CompiledPlan } from '../model/graph.js'
import type { BatchEvent } from '../model/event.js'
import { runRecorder } from '../monitor/history/runRecorder.js'
import { cpuTimeMs } from '../system/cpuTime.js'
import { aboutRun, type RunOrigin } from './aboutRun.js'
import { followAdvice } from './history/followAdvice.js'
import type { HistoryEntry } from './history/historyEntry.js'
import { entryBehind } from './history/historyEntryOf.js'
import { appendHistory } from './history/historyFile.js'
import type { Durability } from './log/logFile.js'
import { defaultRetention, dropOldRuns, type Retention, type SeenRuns } from './retention.js'
import { openRunLog, type RunLog, type RunLogOptions } from './runLog.js'

/** A run that is about to start, and how it is kept. */
export interface RunToKeep {
  readonly runId: string
  readonly plan: CompiledPlan
  readonly origin?: RunOrigin
  readonly durability?: Durability
  readonly outputBytes?: number
  readonly retention?: Retention
  /** Whether it gets a line in the history. Default true. */
  readonly tracked?: boolean
}

/** A run on its way into the event log and the history. */
export interface KeptRun {
  /** Undefined when the log could not be opened. */
  readonly journal: RunLog | undefined
  readonly see: (event: BatchEvent) => void
  /** Ends the log, and adds the run's line to the history; gives that line, if the run finished and is to have one. */
  readonly finish: () => Promise<HistoryEntry | undefined>
}

/**
 * Keeps the runs of one root: in the event log, in the history, and for as long as old logs are wanted. Written for whoever keeps one
 * run, and for a server that keeps one after the other: nothing that was read for one is read again for the next.
 *
 * `unopened` is told when the log of a run cannot be opened: that run goes on without, unless it throws.
 */
export function runKeeper(root: string, unopened: (error: unknown) => void): (run: RunToKeep) => KeptRun {
  const seen: SeenRuns = new Map()
  const advised = followAdvice(root)
  const open = new Set<RunLog>()
  // A second signal ends this process at once: what was told before must be in the logs.
  const write = (): void => {
    for (const log of open) log.write()
  }
  return ({ runId, plan, origin = {}, durability, outputBytes, retention = defaultRetention, tracked = true }) => {
    const about = aboutRun(plan, origin)
    const log = opened(
      root,
      runId,
      { about, plan, ...(durability !== undefined && { durability }), ...(outputBytes !== undefined && { outputBytes }) },
      unopened,
    )
    // One listener for all of them: Node takes more than ten for a leak.
    if (log !== undefined && open.size === 0) process.on('exit', write)
    if (log !== undefined) open.add(log)
    const recorder = runRecorder({ ...about, graph: plan.graph })
    const cpuBefore = cpuTimeMs()
    let cpuAfter: number | undefined
    return {
      journal: log,
      see(event) {
        recorder.observe(event)
        if (event.type === 'run-finished') cpuAfter = cpuTimeMs()
      },
      async finish() {
        if (log !== undefined) open.delete(log)
        if (open.size === 0) process.off('exit', write)
        // A log that could not be written to its end was told of by the run itself.
        await log?.close().catch(() => undefined)
        const recorded = tracked ? recorder.record() : undefined
        const cpu = cpuBefore === undefined || cpuAfter === undefined ? {} : { cpuMs: Math.max(0, cpuAfter - cpuBefore) }
        const run = recorded && { ...recorded, ...cpu }
        const entry = run && entryBehind(advised(), run, origin.plan, origin.command)
        if (entry !== undefined) await appendHistory(root, entry)
        await dropOldRuns(root, retention, Date.now(), seen)
        return entry
      },
    }
  }
}

function opened(root: string, runId: string, options: RunLogOptions, unopened: (error: unknown) => void): RunLog | undefined {
  try {
    return openRunLog(root, runId, options)
  } catch (error) {
    unopened(error)
    return undefined
  }
}
