import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperationFailure } from '../model/operationError.js'
import { errorCode, tried } from './errorCode.js'

/**
 * The folder that all processes of this user on this machine share, for this user alone.
 *
 * Its place does not depend on the environment: an editor's server and a shell, whose TMPDIR differ, must find the same one. The second
 * and third place are for machines where the first cannot be written: that holds for all processes of a user alike.
 */
export function userFolder(): string {
  return (known ??= findUserFolder())
}

let known: string | undefined

/** Makes it anew after it was cleaned away. */
export function forgetUserFolder(): void {
  known = undefined
}

function findUserFolder(): string {
  const uid = process.getuid?.()
  if (uid === undefined) return ownFolder(join(tmpdir(), 'millrace-user'), uid) // Windows: that folder is the user's own.
  let refused: unknown
  for (const place of ['/tmp', '/dev/shm', '/var/tmp']) {
    try {
      return ownFolder(join(place, `millrace-${uid}`), uid)
    } catch (error) {
      if (!['EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw error
      refused ??= error
    }
  }
  throw new OperationFailure({
    type: 'system',
    code: errorCode(refused) ?? 'EACCES',
    message: 'File locks are kept in /tmp, /dev/shm or /var/tmp, and none of them is writable. Make one of them writable.',
    retryable: false,
    cause: refused,
  })
}

function ownFolder(folder: string, uid: number | undefined): string {
  tried('EEXIST', () => mkdirSync(folder, { mode: 0o700 }))
  const stats = lstatSync(folder)
  if (!stats.isDirectory() || (uid !== undefined && stats.uid !== uid)) throw new OperationFailure(taken(folder))
  if (uid !== undefined && (stats.mode & 0o077) !== 0) chmodSync(folder, 0o700)
  return folder
}

function taken(folder: string): OperationFailure['error'] {
  const message = `${folder} is a link, a file or another user's folder, where millrace keeps the locks of this user. Move it away.`
  return { type: 'not-allowed', what: folder, message, retryable: false }
}
