import type { Stats } from 'node:fs'
import { constants, open, type FileHandle } from 'node:fs/promises'
import { codedError } from '../../../system/errorCode.js'
import { kindOf } from './pathTarget.js'
import { specialFile, systemRefusal } from './refusals.js'
import type { Place } from './resolvePath.js'

/** Opens what is at a place, which must be a file, and closes it after its use. Never waits for a pipe's other end. */
export async function withFile<A>(place: Place, flags: number, use: (handle: FileHandle, stats: Stats) => Promise<A>): Promise<A> {
  const handle = await open(place.folder.at(place.name), flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o666)
  try {
    const stats = await handle.stat()
    refuseOther(stats, place.label)
    return await use(handle, stats)
  } finally {
    await handle.close()
  }
}

/** Lets files pass alone. */
export function refuseOther(stats: Stats, label: string): void {
  const kind = kindOf(stats)
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
