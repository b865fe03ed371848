// cli/run/record: what is kept of a run, and what its place in the history says about it.
import { randomUUID } from 'node:crypto'
import type { RunOptions } from '../../../engine/options.js'
import { aboutRun } from '../../../journal/aboutRun.js'
import type { HistoryEntry } from '../../../journal/history/historyEntry.js'
import { historyEntryOf } from '../../../journal/history/historyEntryOf.js'
import { appendHistory, readHistory } from '../../../journal/history/historyFile.js'
import type { Durability } from '../../../journal/logFile.js'
import type { RanCommand } from '../../../journal/ranCommand.js'
import { defaultRetention, dropOldRuns, type Retention } from '../../../journal/retention.js'
import { openRunLog, type RunLog } from '../../../journal/runLog.js'
import type { BatchEvent } from '../../../model/event.js'
import type { CompiledPlan } from '../../../model/graph.js'
import { runRecorder } from '../../../monitor/history/runRecorder.js'
import { shapeHash, type ShapedOperation } from '../../../monitor/history/shapeHash.js'

/** The flags by which `millrace run` keeps what happens. */
export interface RecordingFlags {
  readonly log?: boolean
  readonly durability?: Durability
  readonly keep?: Retention
}

/** A run on its way into the event log and the history. */
export interface Recording {
  readonly options: Pick<RunOptions, 'runId' | 'journal'>
  see(event: BatchEvent): void
  /** Ends the log, and adds the run's line to the history; answers it, if the run finished. */
  finish(): Promise<HistoryEntry | undefined>
}

/** What is run, for the record. */
export interface Recorded {
  readonly root: string
  readonly compiled: CompiledPlan
  readonly operations: readonly ShapedOperation[]
  /** The plan's file; undefined for stdin. */
  readonly file: string | undefined
  /** The command that ran, for those that check its advice. */
  readonly command: RanCommand
}

/** Opens the log of a run that is about to start. Throws what kept it from being opened. */
export function beginRecording({ root, compiled, operations, file, command }: Recorded, flags: RecordingFlags): Recording {
  const runId = randomUUID()
  // From stdin the command would wait for another plan.
  const from = file === undefined ? {} : { plan: file, command }
  const about = aboutRun(compiled, shapeHash({ operations }), from)
  const log = openRunLog(root, runId, { about, ...(flags.durability !== undefined && { durability: flags.durability }) })
  // A second Ctrl-C ends this process at once: what was told before must be in the log.
  process.once('exit', log.write)
  const recorder = runRecorder({ ...about, graph: compiled.graph })
  return {
    options: { runId, journal: log },
    see: (event) => recorder.observe(event),
    async finish() {
      await closed(log)
      const run = recorder.record()
      if (run === undefined) return undefined
      const entry = historyEntryOf(run, file, (await readHistory(root)).entries, from.command)
      await appendHistory(root, entry)
      await dropOldRuns(root, flags.keep ?? defaultRetention, Date.now())
      return entry
    },
  }
}

/** A log that could not be written to its end was told of by the run itself. */
async function closed(log: RunLog): Promise<void> {
  process.off('exit', log.write)
  await log.close().catch(() => undefined)
}
