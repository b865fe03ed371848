import { closeSync, constants, fstatSync, openSync, type Stats } from 'node:fs'
import { codedError } from '../../../system/errorCode.js'
import { entryKindOf, type FolderEntry } from './entry.js'
import { specialFile, systemRefusal } from './refusals.js'

/** Opens what is at an entry, which must be a file, and closes it after its use. Never waits for a pipe's other end. */
export async function withFile<A>(
  entry: FolderEntry & { readonly label: string },
  flags: number,
  use: (handle: number, stats: Stats) => Promise<A>,
): Promise<A> {
  const handle = openSync(entry.folder.at(entry.name), flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o666)
  try {
    const stats = fstatSync(handle)
    refuseOther(stats, entry.label)
    return await use(handle, stats)
  } finally {
    closeSync(handle)
  }
}

/** Lets files pass alone. */
export function refuseOther(stats: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>, label: string): void {
  const kind = entryKindOf(stats)
  switch (kind) {
    case 'file':
      return
    case 'folder':
      throw systemRefusal('EISDIR', label, 'is a folder. Name a file.')
    case 'link':
      throw codedError('ELOOP', 'it became a link just now')
    case 'other':
      throw specialFile(label)
  }
}
