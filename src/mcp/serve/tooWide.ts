import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { resolve } from 'node:path'

/** Whether a folder is the root of the disk, the home folder, or one that holds it. */
export function isTooWide(folder: string, home = homedir()): boolean {
  const [path, own] = [real(folder), real(home)]
  return path === own || own.startsWith(path.endsWith('/') ? path : `${path}/`)
}

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    // One that is not there is no root at all, which is said elsewhere.
    return resolve(folder)
  }
}
