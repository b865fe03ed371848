import { OperationFailure } from '../../model/operationError.js'
import { stateOf, type Owner } from '../owner.js'
import { discard, holderOf, prepare, release, take } from './ownedFolder.js'

/** Held by the one process that writes in a folder. */
export interface WriterLock {
  release(): void
}

const key = 'writer'
const mostTries = 1_000

/**
 * Takes the lock of a folder. One whose process is gone, also if its number was given to another, is taken over.
 *
 * Throws an `OperationFailure` that names the process when another one, or this one, holds it.
 */
export function takeWriterLock(folder: string): WriterLock {
  const prepared = prepare(folder)
  let taken = take(prepared, key)
  // Undefined: released in between. Not for ever, for what stands there may be something else.
  for (let tries = 0; taken === undefined && tries < mostTries; tries++) taken = take(prepared, key)
  if (taken !== true) {
    discard(prepared)
    throw new OperationFailure(taken === undefined ? notALock(folder) : lockedBy(taken.owner, folder))
  }
  return {
    release: () => {
      if (release(prepared, key)) discard(prepared)
    },
  }
}

/** The process that writes in a folder; undefined when none does. */
export function writerOf(folder: string): number | undefined {
  const owner = holderOf(folder, key)?.owner
  return owner === undefined || stateOf(owner) === 'gone' ? undefined : owner.pid
}

function lockedBy(owner: Owner, folder: string): OperationFailure['error'] {
  const elsewhere = stateOf(owner) === 'unknown'
  const who = elsewhere ? `process ${owner.pid} of another machine or container` : `process ${owner.pid}`
  const way = elsewhere ? ` If that is gone, remove ${folder}/${key}.` : ''
  const message = `${folder} is being written by ${who}.\nWait for it to end, or give this run another id.${way}`
  return { type: 'system', code: 'EBUSY', path: folder, message, retryable: true }
}

function notALock(folder: string): OperationFailure['error'] {
  const message = `${folder}/${key} is in the way of the lock of the same name, and no process owns it. Remove it.`
  return { type: 'system', code: 'EBUSY', path: folder, message, retryable: false }
}
