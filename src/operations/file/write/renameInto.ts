import { linkSync, mkdirSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { codedError, errorCode, tried } from '../../../system/errorCode.js'
import { statsAt, type FolderEntry } from '../confine/entry.js'
import type { PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { withDraft, type Draft } from './draft.js'

const pathOf = ({ folder, name }: FolderEntry): string | Buffer => folder.at(name)

/**
 * Moves something to a place where nothing is. Throws EEXIST when something is, also if it came there just now.
 *
 * Node has no rename that never replaces. A file gets its second name by a hard link, which never replaces, and loses
 * the first; a folder is renamed over an empty one made here, which replaces nothing else.
 */
export function renameIntoNew(from: FolderEntry, to: FolderEntry, hardLink: typeof linkSync = linkSync): void {
  const isFolder = statsAt(from)?.isDirectory() === true
  // Some file systems (FAT, some network ones) have no hard links: there the name is claimed by an empty file.
  if (!isFolder && tried(noHardLinks, () => hardLink(pathOf(from), pathOf(to)))) return unlinkSync(pathOf(from))
  if (isFolder) mkdirSync(pathOf(to), 0o700)
  else writeFileSync(pathOf(to), '', { flag: 'wx' })
  try {
    renameSync(pathOf(from), pathOf(to))
  } catch (error) {
    // Somebody else has put something into the folder meanwhile: it is theirs now.
    tried(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => (isFolder ? rmdirSync(pathOf(to)) : unlinkSync(pathOf(to))))
    throw errorCode(error) === 'ENOTEMPTY' ? codedError('EEXIST', 'something appeared there meanwhile') : error
  }
}

const noHardLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/** Replaces a file, or puts one where nothing is, in one step. */
export function renameFileOver(draft: Draft, to: FolderEntry): void {
  renameSync(pathOf(draft), pathOf(to))
  draft.used = true
}

/** Moves something to a target, replacing whatever is there. Files are replaced in one step, folders in two. */
export async function renameOver(space: Roots, from: FolderEntry, to: PathTarget): Promise<void> {
  const [source, replaced] = [statsAt(from), statsAt(to)]
  if (replaced === undefined || (source?.isDirectory() !== true && !replaced.isDirectory())) return renameSync(pathOf(from), pathOf(to))
  await withDraft(space, to, async (aside) => {
    renameSync(pathOf(to), pathOf(aside))
    try {
      renameSync(pathOf(from), pathOf(to))
    } catch (error) {
      renameSync(pathOf(aside), pathOf(to))
      throw error
    }
    return Promise.resolve()
  })
}
