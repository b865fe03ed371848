// cli/run/record: what is kept of a run, and what its place in the history says about it.
// record/: what is kept of a run, and what its place in the history says about it.
import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { RunOptions } from '../../../engine/options.js'
import type { HistoryEntry } from '../../../journal/history/historyEntry.js'
import { runKeeper, type KeptRun, type RunToKeep } from '../../../journal/keepRun.js'
import type { Durability } from '../../../journal/log/logFile.js'
import type { Retention } from '../../../journal/retention.js'
import type { BatchEvent } from '../../../model/event.js'
import { visible } from '../../../terminal/text/visible.js'

/** The flags by which `millrace run` keeps what happens. */
export interface RecordingFlags {
  readonly log?: boolean
  readonly durability?: Durability
  readonly keep?: Retention
  /** In bytes. */
  readonly logOutput?: number
}

/** A run on its way into the event log and the history. */
export interface Recording {
  readonly options: Pick<RunOptions, 'runId' | 'journal'>
  see(event: BatchEvent): void
  /** Ends the log, and adds the run's line to the history; gives it, if the run finished. */
  finish(): Promise<HistoryEntry | undefined>
}

const nothing: Recording = { options: {}, see: () => undefined, finish: () => Promise.resolve(undefined) }

/**
 * Begins the record of a run: none with `--no-log`.
 *
 * A log that cannot be opened is told on stderr, and the run goes on without; only a run that asked for `--durability power` must
 * not start then. That is the Left: why, in words.
 */
export function recordRun(root: string, run: Pick<RunToKeep, 'plan' | 'origin'>, flags: RecordingFlags): E.Either<string, Recording> {
  if (flags.log === false) return E.right(nothing)
  let reason: string | undefined
  const keep = runKeeper(root, (error) => {
    reason = visible(messageOf(error))
  })
  const { durability, keep: retention, logOutput: outputBytes } = flags
  const runId = randomUUID()
  const kept = keep({
    runId,
    ...run,
    ...(durability !== undefined && { durability }),
    ...(retention !== undefined && { retention }),
    ...(outputBytes !== undefined && { outputBytes }),
  })
  if (kept.journal !== undefined) return E.right({ options: { runId, journal: kept.journal }, see: kept.see, finish: () => finished(kept) })
  if (run.origin?.resumes !== undefined) return E.left(`nothing was done, because the run cannot be resumed: ${reason ?? ''}`)
  if (durability === 'power') return E.left(`nothing was done, because the event log cannot be opened: ${reason ?? ''}`)
  process.stderr.write(`This run has no event log: ${reason ?? ''}\n`)
  return E.right(nothing)
}

async function finished(kept: KeptRun): Promise<HistoryEntry | undefined> {
  try {
    return await kept.finish()
  } catch (error) {
    // What the run did stands, and was reported: its exit code is not for this to change.
    process.stderr.write(`This run is not in the history: ${visible(messageOf(error))}\n`)
    return undefined
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
