import { bytesOf, statsAt, type FolderEntry } from '../confine/entry.js'
import { onceDescriptorsAreFree } from '../confine/whenDescriptorsAreFree.js'
import { givingWay } from './givingWay.js'
import { namesIn } from './namesIn.js'

/** The size of all files at and below an entry. */
export function treeBytes(entry: FolderEntry, signal: AbortSignal): Promise<number> {
  return bytesBelow(entry, givingWay(signal))
}

async function bytesBelow({ folder, name }: FolderEntry, pause: ReturnType<typeof givingWay>): Promise<number> {
  await pause()
  const stats = statsAt({ folder, name })
  if (!stats?.isDirectory()) return stats === undefined ? 0 : bytesOf(stats)
  const inside = await onceDescriptorsAreFree(() => folder.enter(name))
  try {
    let bytes = 0
    for (const child of namesIn(inside)) bytes += await bytesBelow({ folder: inside, name: child }, pause)
    return bytes
  } finally {
    inside.release()
  }
}
