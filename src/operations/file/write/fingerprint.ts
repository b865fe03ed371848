import { createHash, type Hash } from 'node:crypto'
import { constants, open, readlink, type FileHandle } from 'node:fs/promises'
import { kindOf, statsAt } from '../confine/pathTarget.js'
import { namesIn } from './removeTree.js'
import type { Spot } from '../confine/resolvePath.js'

/** What stands for a path where nothing is. */
export const absent = 'absent'

/** What stands for a folder that holds nothing. */
export const emptyFolder = `folder:${createHash('sha256').digest('hex')}`

/** What is at a spot, in one line: equal when kinds, names, bytes and link targets are; modes and times do not count. */
export async function fingerprint(spot: Spot, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted()
  const stats = await statsAt(spot)
  if (stats === undefined) return absent
  const kind = kindOf(stats)
  switch (kind) {
    case 'file':
      return fileLine(await hashFile(spot, signal))
    case 'link':
      return `link:${await readlink(spot.folder.at(spot.name))}`
    case 'folder':
      return fingerprintOfFolder(spot, signal)
    case 'other':
      return 'other'
  }
}

/** The fingerprint a file with these bytes has; of a file that is there already with these bytes after its own, with `after`. */
export async function fingerprintOfBytes(bytes: Uint8Array, after?: Spot): Promise<string> {
  const hash = after === undefined ? createHash('sha256') : await hashFile(after)
  return fileLine(hash.update(bytes))
}

const fileLine = (hash: Hash): string => `file:${hash.digest('hex')}`

async function fingerprintOfFolder({ folder, name }: Spot, signal: AbortSignal | undefined): Promise<string> {
  const inside = await folder.enter(name)
  try {
    const hash = createHash('sha256')
    for (const child of await namesIn(inside))
      hash.update(`${JSON.stringify([child, await fingerprint({ folder: inside, name: child }, signal)])}\n`)
    return `folder:${hash.digest('hex')}`
  } finally {
    await inside.release()
  }
}

async function hashFile({ folder, name }: Spot, signal?: AbortSignal): Promise<Hash> {
  const handle = await open(folder.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const hash = createHash('sha256')
    for await (const chunk of chunksOf(handle, signal)) hash.update(chunk)
    return hash
  } finally {
    await handle.close()
  }
}

const chunkBytes = 256 * 1024

/** The bytes of an open file. Each chunk is good until the next is asked for: they share their memory. */
export async function* chunksOf(handle: FileHandle, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (;;) {
    signal?.throwIfAborted()
    const { bytesRead } = await handle.read(buffer, 0, chunkBytes)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}
