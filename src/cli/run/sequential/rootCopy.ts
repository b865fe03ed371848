import { constants } from 'node:fs'
import { cp, lstat, mkdtemp, opendir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { stateFolderName } from '../../../system/stateFolder.js'

/** What a root may hold to be copied for each run. */
const most = { bytes: 256 * 1024 * 1024, files: 20_000 }

/** A copy of a root, to run in. */
export interface RootCopy {
  readonly path: string
  remove(): Promise<void>
}

/** What keeps a root from being copied many times, in words. */
export async function tooLargeToCopy(root: string): Promise<string | undefined> {
  let [bytes, files] = [0, 0]
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for await (const entry of await opendir(folder)) {
      if (folder === root && entry.name === stateFolderName) continue
      const path = join(folder, entry.name)
      files++
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) bytes += (await lstat(path)).size
      if (files > most.files || bytes > most.bytes)
        return `${root} holds more than ${most.files.toLocaleString('en-US')} files or ${most.bytes / 1024 / 1024} MB, too many to copy for each run. Name a smaller folder with --root.`
    }
  return undefined
}

/** A fresh copy of a root in the folder for temporary files, without what millrace keeps there. */
export async function copyOfRoot(root: string): Promise<RootCopy> {
  const path = await mkdtemp(join(tmpdir(), 'millrace-compare-'))
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true })
  try {
    await cp(root, path, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      verbatimSymlinks: true,
      filter: async (source) => {
        const found = await lstat(source)
        return basename(source) !== stateFolderName && (found.isFile() || found.isDirectory() || found.isSymbolicLink())
      },
    })
  } catch (error) {
    await remove()
    throw error
  }
  return { path, remove }
}
