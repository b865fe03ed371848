import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, openSync, readlinkSync } from 'node:fs'
import { entryKindOf, statsAt, type FolderEntry } from '../confine/entry.js'
import { nameOfBytes } from '../confine/fileName.js'
import { onceDescriptorsAreFree } from '../confine/whenDescriptorsAreFree.js'
import { chunksOf } from './chunksOf.js'
import { givingWay } from './givingWay.js'
import { isDraftName, namesIn } from './namesIn.js'

/** What stands for a path where nothing is. */
export const absent = 'absent'

/** What stands for a folder that holds nothing. */
export const emptyFolder = `folder:${createHash('sha256').digest('hex')}`

/** What is at an entry, in one line: equal when kinds, names, bytes and link targets are; modes and times do not count. */
export function fingerprint(entry: FolderEntry, signal?: AbortSignal): Promise<string> {
  return lineOf(entry, signal, givingWay(signal))
}

async function lineOf(entry: FolderEntry, signal: AbortSignal | undefined, pause: ReturnType<typeof givingWay>): Promise<string> {
  await pause()
  const stats = statsAt(entry)
  if (stats === undefined) return absent
  const kind = entryKindOf(stats)
  switch (kind) {
    case 'file':
      return fileLine(await hashFile(entry, signal))
    case 'link':
      return `link:${nameOfBytes(readlinkSync(entry.folder.at(entry.name), 'buffer'))}`
    case 'folder':
      return lineOfFolder(entry, signal, pause)
    case 'other':
      return 'other'
  }
}

/** The fingerprint a file with these bytes has; of a file that is there already with these bytes after its own, with `after`. */
export async function fingerprintOfBytes(bytes: Uint8Array, after?: FolderEntry): Promise<string> {
  const hash = after === undefined ? createHash('sha256') : await hashFile(after)
  return fileLine(hash.update(bytes))
}

const fileLine = (hash: Hash): string => `file:${hash.digest('hex')}`

async function lineOfFolder(
  { folder, name }: FolderEntry,
  signal: AbortSignal | undefined,
  pause: ReturnType<typeof givingWay>,
): Promise<string> {
  const inside = await onceDescriptorsAreFree(() => folder.enter(name))
  try {
    const hash = createHash('sha256')
    for (const child of namesIn(inside)) {
      // What is being made in there at this moment is not a part of it.
      if (!isDraftName(child)) hash.update(`${JSON.stringify([child, await lineOf({ folder: inside, name: child }, signal, pause)])}\n`)
    }
    return `folder:${hash.digest('hex')}`
  } finally {
    inside.release()
  }
}

async function hashFile({ folder, name }: FolderEntry, signal?: AbortSignal): Promise<Hash> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await onceDescriptorsAreFree(() => openSync(folder.at(name), flags))
  try {
    const hash = createHash('sha256')
    for await (const chunk of chunksOf(handle, signal)) hash.update(chunk)
    return hash
  } finally {
    closeSync(handle)
  }
}
