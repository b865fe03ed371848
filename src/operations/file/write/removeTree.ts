import { chmod, readdir, rmdir, unlink } from 'node:fs/promises'
import { onCode } from '../../../system/errorCode.js'
import type { HeldFolder } from '../confine/heldFolder.js'
import { statsAt } from '../confine/pathTarget.js'
import type { Spot } from '../confine/resolvePath.js'

/** The names in a folder, sorted. */
export async function namesIn(folder: HeldFolder): Promise<readonly string[]> {
  return (await readdir(folder.at('.'))).sort()
}

interface RemoveOptions {
  readonly signal?: AbortSignal
  /** It was made here, so folders in it that forbid changes are opened up first. */
  readonly own?: true
}

/** Removes what is at a spot with all it holds; links are removed, never followed. What is gone already is fine. */
export async function removeTree(spot: Spot, options: RemoveOptions = {}): Promise<void> {
  options.signal?.throwIfAborted()
  const { folder, name } = spot
  const stats = await statsAt(spot)
  if (stats === undefined) return
  if (!stats.isDirectory()) return unlink(folder.at(name)).catch(onCode(['ENOENT'], undefined))
  const inside = await folder.enter(name)
  try {
    if (options.own) await chmod(inside.at('.'), 0o700)
    for (const child of await namesIn(inside)) await removeTree({ folder: inside, name: child }, options)
  } finally {
    await inside.release()
  }
  await rmdir(folder.at(name))
}
