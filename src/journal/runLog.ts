import { join } from 'node:path'
import type { AttemptStarted } from '../model/event.js'
import type { CompiledPlan } from '../model/graph.js'
import type { JournalPort } from '../model/journal.js'
import { OperationFailure } from '../model/operationError.js'
import { writeAboutRun, type AboutRun } from './aboutRun.js'
import { takeWriterLock, type WriterLock } from '../system/lock/writerLock.js'
import { notRepeatable } from './notRepeatable.js'
import { takeOver } from './resumedBy.js'
import { openLog, type Durability } from './log/logFile.js'
import { makePrivateFolder, makeStateFolder, syncFolder } from '../system/stateFolder.js'
import { runsFolderOf } from './stateFolder.js'

/** How the log of a run is written. */
export interface RunLogOptions {
  readonly durability?: Durability
  /** What it keeps of each attempt's output, in bytes: half of the beginning, half of the end. Default 1 MiB. */
  readonly outputBytes?: number
  /** Without it the run cannot be put into the history again from its log. */
  readonly about?: AboutRun
  /** What runs: an attempt that may not be done twice is then in the log before its work begins, unless nothing is promised of that. */
  readonly plan?: Pick<CompiledPlan, 'graph'>
}

/** The event log of one run, open for writing. */
export interface RunLog extends JournalPort {
  readonly folder: string
  flush(): Promise<void>
  /** Hands what is held back to the operating system, now: for a process that is about to end. */
  readonly write: () => void
  /** Writes out what is left, gives up the lock. Rejects as `flush` does. */
  close(): Promise<void>
}

export const logName = 'events.ndjson'

/**
 * Opens the event log of a run in the state folder of a root, made if it is missing.
 *
 * `durability` says what an event that is kept survives, and so what gates wait for: `none` promises nothing and holds no gate;
 * `process` (the default) the end of this process; `power` a power cut, and a failure starts nothing more.
 * Throws an `OperationFailure`, or a `LogDamageError` when there is a damaged log of this run.
 */
export function openRunLog(root: string, runId: string, { durability = 'process', outputBytes, about, plan }: RunLogOptions = {}): RunLog {
  if (!/^[\w-][\w.-]{0,127}$/.test(runId)) throw new OperationFailure(badId(runId))
  const safe = durability === 'power'
  makeStateFolder(root, safe)
  const runs = runsFolderOf(root)
  makePrivateFolder(runs, safe)
  const earlier = about?.resumes && takeOver(join(runs, about.resumes.runId), runId)
  try {
    return openIn(
      join(runs, runId),
      { durability, about, outputBytes, writesFirst: durability === 'none' || plan === undefined ? undefined : notRepeatable(plan.graph) },
      earlier,
    )
  } catch (error) {
    earlier?.release()
    throw error
  }
}

interface LogParts {
  readonly durability: Durability
  readonly about: AboutRun | undefined
  readonly outputBytes: number | undefined
  readonly writesFirst: ((event: AttemptStarted) => boolean) | undefined
}

/** `earlier` is the lock of the run that this one resumes: held as long as this one is written. */
function openIn(folder: string, { durability, about, outputBytes, writesFirst }: LogParts, earlier: WriterLock | undefined): RunLog {
  const safe = durability === 'power'
  const fresh = makePrivateFolder(folder, safe)
  const lock = takeWriterLock(folder)
  try {
    const log = openLog(join(folder, logName), durability, outputBytes)
    // Last: from here on the run that this one resumes counts as resumed, and this one can be found and resumed itself.
    if (fresh && about !== undefined) writeAboutRun(folder, about, safe)
    if (safe) syncFolder(folder)
    let closing: Promise<void> | undefined
    return {
      folder,
      holdsGates: durability !== 'none',
      stopsRun: safe,
      append(event) {
        log.append(event)
        if (event.type === 'attempt-started' && writesFirst?.(event) === true) log.write()
      },
      flush: () => log.flush(),
      write: () => log.write(),
      close: () =>
        (closing ??= log.flush().finally(() => {
          log.close()
          lock.release()
          earlier?.release()
        })),
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

function badId(runId: string): OperationFailure['error'] {
  const message = `The run id ${JSON.stringify(runId)} cannot name a folder.\nUse at most 128 letters, digits, "-", "_" and ".", and no "." at the start.`
  return { type: 'not-allowed', what: runId, message, retryable: false }
}
