import { closeSync, constants, fsync, lstatSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { codedError, orOnCode } from '../../../system/errorCode.js'
import { fileIdOf, type HeldFolder, type HoldFolder } from './heldFolder.js'

const syncHandle = promisify(fsync)

/**
 * Holds a folder by its real path, where handles have no paths (all but Linux): checked before and again after its use.
 *
 * A link swapped in between those checks is reported, not prevented.
 */
export const holdByPath: HoldFolder = (path) => hold(realpathSync.native(path))

function hold(real: string): HeldFolder {
  return {
    get id() {
      return fileIdOf(statSync(real, { bigint: true }))
    },
    at: (name) => join(real, name),
    enter: (name) => {
      if (name === '.') return hold(real)
      const stats = lstatSync(join(real, name))
      if (stats.isSymbolicLink()) throw codedError('ELOOP', `${name} is a link`)
      if (!stats.isDirectory()) throw codedError('ENOTDIR', `${name} is not a folder`)
      const inside = realpathSync.native(join(real, name))
      // The case of the name may differ from what was asked for; the folder that holds it may not.
      if (dirname(inside) !== real) throw codedError('ELOOP', `${name} leads elsewhere`)
      return hold(inside)
    },
    sync: async () => {
      if (process.platform === 'win32') return // Windows opens no folder for syncing.
      const handle = openSync(real, constants.O_RDONLY)
      await syncHandle(handle).finally(() => closeSync(handle))
    },
    release: () => {
      const now = orOnCode(['ENOENT'], real, () => realpathSync.native(real))
      if (now !== real) throw codedError('ELOOP', `${real} was exchanged for something else while it was in use`)
    },
  }
}
