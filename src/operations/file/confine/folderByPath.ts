import { constants, lstat, open, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codedError, onCode } from '../../../system/errorCode.js'
import type { HeldFolder, HoldFolder } from './heldFolder.js'

/**
 * Holds a folder by its real path, where handles have no paths (all but Linux): checked before and again after its use.
 *
 * A link swapped in between those checks is told, not prevented.
 */
export const holdByPath: HoldFolder = async (path) => hold(await realpath(path))

async function hold(real: string): Promise<HeldFolder> {
  return {
    at: (name) => join(real, name),
    enter: async (name) => {
      if (name === '.') return hold(real)
      const stats = await lstat(join(real, name))
      if (stats.isSymbolicLink()) throw codedError('ELOOP', `${name} is a link`)
      if (!stats.isDirectory()) throw codedError('ENOTDIR', `${name} is not a folder`)
      const inside = await realpath(join(real, name))
      // The case of the name may differ from what was asked for; the folder that holds it may not.
      if (dirname(inside) !== real) throw codedError('ELOOP', `${name} leads elsewhere`)
      return hold(inside)
    },
    sync: async () => {
      if (process.platform === 'win32') return // Windows opens no folder for syncing.
      const handle = await open(real, constants.O_RDONLY)
      await handle.sync().finally(() => handle.close())
    },
    release: async () => {
      const now = await realpath(real).catch(onCode(['ENOENT'], real))
      if (now !== real) throw codedError('ELOOP', `${real} was exchanged for something else while it was in use`)
    },
  }
}
