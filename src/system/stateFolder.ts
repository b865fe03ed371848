// system: what this library asks of the machine below its operations and its journal: folders of its own, locks, processes
import { closeSync, constants, fsyncSync, lstatSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OperationFailure } from '../model/operationError.js'
import { tried } from './errorCode.js'

/** The folder of millrace's own files in a root: out of reach of file operations, and of version control. */
export const stateFolderName = '.millrace'

/** Makes the folder for state in a root, which has to be there, if it is not. With `sync` the folder survives a power cut. */
export function makeStateFolder(root: string, sync = false): string {
  const folder = join(root, stateFolderName)
  if (makePrivateFolder(folder, sync)) writeFileSync(join(folder, '.gitignore'), '*\n', { mode: 0o600 })
  return folder
}

/** Makes one folder for this user alone; answers whether it was missing. A link in its place is refused: what it leads to is not ours. */
export function makePrivateFolder(folder: string, sync = false): boolean {
  // Looked for first: nearly always it is there, and to have an error made for that costs ten times as much.
  const found = lstatSync(folder, { throwIfNoEntry: false })
  const made = found === undefined && tried('EEXIST', () => mkdirSync(folder, { mode: 0o700 }))
  if (!made && !(found ?? lstatSync(folder)).isDirectory()) throw new OperationFailure(notAFolder(folder))
  if (made && sync) syncFolder(dirname(folder))
  return made
}

/** Makes the names in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // Windows opens no folder for syncing.
  const handle = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function notAFolder(folder: string): OperationFailure['error'] {
  const message = `${folder} is a link or a file, where millrace needs its own folder.\nMove it away, or run with --no-log.`
  return { type: 'not-allowed', what: folder, message, retryable: false }
}
