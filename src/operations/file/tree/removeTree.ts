import { chmodSync, rmdirSync, unlinkSync } from 'node:fs'
import { tried } from '../../../system/errorCode.js'
import { statsAt, type FolderEntry } from '../confine/entry.js'
import { onceDescriptorsAreFree } from '../confine/whenDescriptorsAreFree.js'
import { givingWay } from './givingWay.js'
import { namesIn } from './namesIn.js'

interface RemoveOptions {
  readonly signal?: AbortSignal
  /** It was made here, so folders in it that forbid changes are opened up first. */
  readonly own?: true
}

/** Removes what is at an entry with all it holds; links are removed, never followed. What is gone already is fine. */
export function removeTree(entry: FolderEntry, options: RemoveOptions = {}): Promise<void> {
  return remove(entry, options, givingWay(options.signal))
}

async function remove(entry: FolderEntry, options: RemoveOptions, pause: ReturnType<typeof givingWay>): Promise<void> {
  await pause()
  const { folder, name } = entry
  const stats = statsAt(entry)
  if (stats === undefined) return
  if (!stats.isDirectory()) {
    tried('ENOENT', () => unlinkSync(folder.at(name)))
    return
  }
  const inside = await onceDescriptorsAreFree(() => folder.enter(name))
  try {
    if (options.own) chmodSync(inside.at('.'), 0o700)
    for (const child of namesIn(inside)) await remove({ folder: inside, name: child }, options, pause)
  } finally {
    inside.release()
  }
  rmdirSync(folder.at(name))
}
