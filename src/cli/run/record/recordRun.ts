import * as E from 'fp-ts/lib/Either.js'
import type { HistoryEntry } from '../../../journal/history/historyEntry.js'
import type { RanCommand } from '../../../journal/ranCommand.js'
import { own } from '../../../model/codec/plainObject.js'
import type { CompiledPlan } from '../../../model/graph.js'
import type { ShapedOperation } from '../../../monitor/history/shapeHash.js'
import { visible } from '../../../terminal/text/visible.js'
import { beginRecording, type Recording, type RecordingFlags } from './recording.js'

/** What is about to be run, as `millrace run` has it. */
export interface RunToRecord {
  readonly plan: unknown
  /** As on the command line: `-` is stdin. */
  readonly path: string
  readonly compiled: CompiledPlan
  readonly root: string
  readonly command: RanCommand
}

const nothing: Recording = { options: {}, see: () => undefined, finish: () => Promise.resolve(undefined) }

/**
 * Begins the record of a run: none with `--no-log`.
 *
 * A log that cannot be opened is told on stderr, and the run goes on without; only a run that asked for `--durability power` must
 * not start then. That is the Left: why, in words.
 */
export function recordRun({ plan, path, compiled, root, command }: RunToRecord, flags: RecordingFlags): E.Either<string, Recording> {
  if (flags.log === false) return E.right(nothing)
  try {
    // It compiled: it is an object with a list of operations.
    const shaped = own(plan as object, 'operations') as readonly ShapedOperation[]
    const file = path === '-' ? undefined : path
    const recording = beginRecording({ root, compiled, operations: shaped, file, command }, flags)
    return E.right({ ...recording, finish: () => finished(recording) })
  } catch (error) {
    const reason = visible(messageOf(error))
    if (flags.durability === 'power') return E.left(`the event log cannot be opened, so nothing was done: ${reason}`)
    process.stderr.write(`This run keeps no event log: ${reason}\n`)
    return E.right(nothing)
  }
}

async function finished(recording: Recording): Promise<HistoryEntry | undefined> {
  try {
    return await recording.finish()
  } catch (error) {
    // What the run did stands, and was reported: its exit code is not for this to change.
    process.stderr.write(`This run is not in the history: ${visible(messageOf(error))}\n`)
    return undefined
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
