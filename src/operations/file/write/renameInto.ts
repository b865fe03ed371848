import { link, mkdir, rename, rmdir, unlink, writeFile } from 'node:fs/promises'
import { codedError, errorCode, onCode } from '../../../system/errorCode.js'
import { withDraft } from './draft.js'
import { statsAt } from '../confine/pathTarget.js'
import type { Spot } from '../confine/resolvePath.js'

const pathOf = ({ folder, name }: Spot): string => folder.at(name)

/**
 * Moves something to a place where nothing is. Rejects with EEXIST when something is, also if it came there just now.
 *
 * Node has no rename that never replaces. A file gets its second name by a hard link, which never replaces, and loses
 * the first; a folder is renamed over an empty one made here, which replaces nothing else.
 */
export async function renameIntoNew(from: Spot, to: Spot, hardLink: typeof link = link): Promise<void> {
  const isFolder = (await statsAt(from))?.isDirectory() === true
  // Some file systems (FAT, some network ones) have no hard links: there the name is claimed by an empty file.
  const linked = !isFolder && (await hardLink(pathOf(from), pathOf(to)).then(() => true, onCode(noHardLinks, false)))
  if (linked) return unlink(pathOf(from))
  await (isFolder ? mkdir(pathOf(to), 0o700) : writeFile(pathOf(to), '', { flag: 'wx' }))
  await rename(pathOf(from), pathOf(to)).catch(async (thrown: unknown) => {
    const claimed = isFolder ? rmdir(pathOf(to)) : unlink(pathOf(to))
    // Somebody else has put something into the folder meanwhile: it is theirs now.
    await claimed.catch(onCode(['ENOENT', 'ENOTEMPTY', 'EEXIST'], undefined))
    throw errorCode(thrown) === 'ENOTEMPTY' ? codedError('EEXIST', 'something came to be there meanwhile') : thrown
  })
}

const noHardLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** Moves something to a place, in the stead of whatever is there. Files are replaced in one step, folders in two. */
export async function renameOver(from: Spot, to: Spot): Promise<void> {
  const [source, target] = [await statsAt(from), await statsAt(to)]
  if (target === undefined || (source?.isDirectory() !== true && !target.isDirectory())) return rename(pathOf(from), pathOf(to))
  await withDraft(to.folder, async (aside) => {
    await rename(pathOf(to), pathOf(aside))
    await rename(pathOf(from), pathOf(to)).catch(async (thrown: unknown) => {
      await rename(pathOf(aside), pathOf(to))
      throw thrown
    })
  })
}
