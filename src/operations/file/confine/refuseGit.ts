import { basename, dirname } from 'node:path'
import { gitIdsAbove, isGitFolder, isGitName } from './gitFolders.js'
import { readOnlyGit } from './refusals.js'
import { holds, type Roots } from './roots.js'
import { labelOf } from './spelling.js'

/** What a path of a plan leads to. */
interface GitWay {
  readonly location: string
  /** The path as errors name it. */
  readonly label: string
  /** The ids of the folders on the way, and of what is at the location if anything is. */
  readonly above: readonly string[]
}

/** Refuses to change something on whose way a name is `.git`. */
export function refuseGitName(space: Roots, label: string, location: string): void {
  if (space.readOnlyGit && isGitName(basename(location))) throw readOnlyGit(label, labelOf(space, location))
}

/**
 * Refuses to change what belongs to Git by another name: it lies in a repository of Git, or is, or lies in, what a `.git` above it
 * uses: its folder behind a link, its folder of hooks.
 */
export function refuseGit(space: Roots, { label, location, above }: GitWay): void {
  if (!space.readOnlyGit) return
  const folder = dirname(location)
  const git = foldersTo(space, folder).find(isGitFolder)
  if (git !== undefined) throw readOnlyGit(label, labelOf(space, git))
  const used = new Set(gitIdsAbove(folder))
  if (above.some((id) => used.has(id))) throw readOnlyGit(label, label)
}

/** A folder and those above it, as far as the roots reach. */
function foldersTo(space: Roots, folder: string): readonly string[] {
  const above = dirname(folder)
  if (!space.realRoots().roots.some((root) => holds(root, folder))) return []
  return [...(above === folder ? [] : foldersTo(space, above)), folder]
}
