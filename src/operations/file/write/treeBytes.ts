import { lstat } from 'node:fs/promises'
import { namesIn } from './removeTree.js'
import { bytesOf } from '../confine/entry.js'
import type { Spot } from '../confine/resolvePath.js'

/** The size of all files at and below a spot. */
export async function treeBytes({ folder, name }: Spot, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted()
  const stats = await lstat(folder.at(name))
  if (!stats.isDirectory()) return bytesOf(stats)
  const inside = await folder.enter(name)
  try {
    let bytes = 0
    for (const child of await namesIn(inside)) bytes += await treeBytes({ folder: inside, name: child }, signal)
    return bytes
  } finally {
    await inside.release()
  }
}
