import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as t from 'io-ts'
import { OperationFailure } from '../model/operationError.js'
import { takeWriterLock, type WriterLock } from '../system/lock/writerLock.js'
import { hasAboutRun } from './aboutRun.js'
import { textOfFile, valueOfJson } from './log/textOfFile.js'

const ResumedBy = t.readonly(t.type({ runId: t.string }))
const fileName = 'resumed.json'

/** The run that has resumed this one, if that is still there. One that was killed before it had begun is none. */
export function resumedBy(folder: string): string | undefined {
  const decoded = ResumedBy.decode(valueOfJson(textOfFile(join(folder, fileName)) ?? ''))
  if (decoded._tag === 'Left') return undefined
  const { runId } = decoded.right
  return hasAboutRun(join(dirname(folder), runId)) ? runId : undefined
}

/**
 * Takes over a run for another one that resumes it: of two that try, one gets it. The lock is held for as long as that one runs.
 *
 * Throws an `OperationFailure` when another run has it, or had it.
 */
export function takeOver(folder: string, runId: string): WriterLock {
  const lock = takeWriterLock(folder)
  try {
    const by = resumedBy(folder)
    if (by !== undefined) throw new OperationFailure(alreadyResumed(folder, by))
    writeFileSync(join(folder, fileName), `${JSON.stringify({ runId })}\n`, { mode: 0o600 })
    return lock
  } catch (error) {
    lock.release()
    throw error
  }
}

function alreadyResumed(folder: string, by: string): OperationFailure['error'] {
  const message = `The run in ${folder} was already resumed by ${by}. Resume that one.`
  return { type: 'already-exists', path: folder, message, retryable: false }
}
