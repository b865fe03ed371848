import * as E from 'fp-ts/lib/Either.js'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '../../system/errorCode.js'
import { writerOf } from '../../system/lock/writerLock.js'
import { hasAboutRun, readAboutRun, type AboutRun } from '../aboutRun.js'
import { LogDamageError } from '../log/logDamage.js'
import { readRun } from '../readRun.js'
import type { ResumeFault } from './resumeFault.js'
import { resumedBy } from '../resumedBy.js'
import type { LoggedState, RunState } from './runState.js'
import { stateOfEvents } from './stateOfEvents.js'

/**
 * Reads the state of a run from its folder, `.millrace/runs/<run id>`: for an interrupted run, as far as its log goes.
 *
 * A run that resumed another one and was interrupted itself is read together with the earlier one. A `Left` says why it cannot be resumed:
 * it is still running, its log is damaged, another run has resumed it, or its operations came as a stream.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { fileJournal, readRunState } from 'millrace/node'
 * const { runId } = await lastValueFrom(runBatch([operation('a', () => 7)], { journal: fileJournal() }))
 * const state = await readRunState(`.millrace/runs/${runId}`)
 * state._tag === 'Right' && state.right.operations.get('a') // => { type: 'succeeded', value: 7, from: runId }
 * ```
 * @see {@link remaining} for what is left to do
 * @since 0.1.0
 */
export async function readRunState(folder: string): Promise<E.Either<ResumeFault, RunState>> {
  const runId = basename(folder)
  // First: the lock of a run that is being resumed is held by the later one.
  const by = resumedBy(folder)
  if (by !== undefined) return E.left({ type: 'resumed', runId, by })
  const pid = writerOfRun(folder)
  if (pid !== undefined) return E.left({ type: 'still-running', runId, pid })
  return stateIn(folder)
}

const unreadable = 'run.json beside it was changed, or was written by a later version of millrace.'

/** The same for a run that is possibly still being written, or was resumed. */
async function stateIn(folder: string): Promise<E.Either<ResumeFault, RunState>> {
  const runId = basename(folder)
  const about = readAboutRun(folder)
  const states = stateOfEvents()
  try {
    for await (const event of readRun(folder)) states.observe(event)
  } catch (error) {
    if (error instanceof LogDamageError) return E.left({ type: 'damaged', runId, message: error.message })
    if (errorCode(error) !== 'ENOENT') throw error
  }
  if (about === undefined && hasAboutRun(folder)) return E.left({ type: 'damaged', runId, message: unreadable })
  // Killed while its log was being made.
  if (about === undefined && !states.begun()) return E.left({ type: 'unknown-run', runId })
  if (states.streamed() || about?.streamed === true) return E.left({ type: 'streamed', runId })
  const finished = states.finished()
  const { operations } = states
  if (!finished && about !== undefined) {
    const fault = await addEarlier(folder, about, operations)
    if (fault !== undefined) return E.left(fault)
  }
  return E.right({ runId, folder, about, operations, finished, programs: states.programs() })
}

/** What a run took over counts as if its log said so: it would, had the run come that far. */
async function addEarlier(folder: string, { resumes }: AboutRun, operations: Map<string, LoggedState>): Promise<ResumeFault | undefined> {
  if (resumes === undefined) return undefined
  const { runId, reused, done = {} } = resumes
  const from = basename(folder)
  for (const [id, { value }] of Object.entries(done)) if (!operations.has(id)) operations.set(id, { type: 'succeeded', value, from })
  const missing = reused.filter((id) => !operations.has(id))
  if (missing.length === 0) return undefined
  const earlier = join(dirname(folder), runId)
  if (!existsSync(earlier)) return { type: 'earlier-gone', runId: basename(folder), earlier: runId }
  const read = await stateIn(earlier)
  if (E.isLeft(read)) return read.left
  for (const id of missing) {
    const state = read.right.operations.get(id)
    if (state !== undefined) operations.set(id, state)
  }
  return undefined
}

function writerOfRun(folder: string): number | undefined {
  return existsSync(folder) ? writerOf(folder) : undefined
}
