import type { HeldFolder } from '../confine/heldFolder.js'
import { labelBelow, statsAt, type FolderEntry } from '../confine/entry.js'
import { holdsRepository, isGitName } from '../confine/gitFolders.js'
import { holdsGit } from '../confine/refusals.js'
import type { PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { namesIn } from './namesIn.js'

/** Refuses to copy, move, overwrite or delete a folder as a whole that holds what belongs to Git, at any depth. */
export function refuseGitIn(space: Roots, { folder, name, label }: PathTarget, verb: string, signal: AbortSignal): void {
  if (!space.readOnlyGit) return
  const found = gitIn({ folder, name }, signal)
  if (found !== undefined) throw holdsGit(label, labelBelow(label, found), verb)
}

/** The path of what belongs to Git in a folder, seen from there. */
function gitIn({ folder, name }: FolderEntry, signal: AbortSignal): string | undefined {
  signal.throwIfAborted()
  if (statsAt({ folder, name })?.isDirectory() !== true) return undefined
  const inside: HeldFolder = folder.enter(name)
  try {
    const names = namesIn(inside)
    if (holdsRepository((each) => names.includes(each))) return ''
    for (const child of names) {
      if (isGitName(child)) return child
      const found = gitIn({ folder: inside, name: child }, signal)
      if (found !== undefined) return found === '' ? child : `${child}/${found}`
    }
    return undefined
  } finally {
    inside.release()
  }
}
