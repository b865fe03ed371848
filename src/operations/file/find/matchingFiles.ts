import { isTextName } from '../confine/fileName.js'
import { labelBelow } from '../confine/entry.js'
import { withFolder } from '../confine/pathTarget.js'
import { patternClimbs } from '../confine/refusals.js'
import type { PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { givingWay } from '../tree/givingWay.js'
import { climbs, refuseCostly } from './globPattern.js'
import { pathMatcher, type MatchState } from './pathMatcher.js'
import { walkFiles, type FoundFile } from './walkFiles.js'

export interface GlobOptions {
  readonly patterns: readonly string[]
  readonly ignore: readonly string[]
  readonly dot: boolean
  readonly signal: AbortSignal
}

interface Both {
  readonly wanted: MatchState
  readonly ignored: MatchState
}

/**
 * Visits the files below a target that match, in the order of paths, until a visit gives false. Answers the folders in which names are
 * no text, as far as it came: a plan cannot hold such a name.
 */
export async function matchingFiles(
  space: Roots,
  base: PathTarget,
  { patterns, ignore, dot, signal }: GlobOptions,
  visit: (file: FoundFile) => boolean | Promise<boolean>,
): Promise<readonly string[]> {
  for (const pattern of [...patterns, ...ignore]) if (climbs(pattern)) throw patternClimbs(pattern)
  refuseCostly(patterns, 'pattern')
  refuseCostly(ignore, 'ignore')
  const taken = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  const wanted = pathMatcher(
    patterns.filter((pattern) => !pattern.startsWith('!')),
    dot,
  )
  // Of a folder that is ignored by its name, all it holds is.
  const ignored = pathMatcher(
    [...ignore, ...taken].map((pattern) => pattern.replace(/\/+$/, '')),
    true,
  )
  const notText = new Set<string>()
  await withFolder(base, (folder) =>
    walkFiles<Both>(
      folder,
      base.location,
      { wanted: wanted.start, ignored: ignored.start },
      {
        realRoots: space.realRoots(),
        label: base.label,
        pause: givingWay(signal),
        step: (state, name) => {
          const next = { wanted: wanted.next(state.wanted, name), ignored: ignored.next(state.ignored, name) }
          return next.wanted.length === 0 || ignored.isWhole(next.ignored) ? undefined : next
        },
        goesOn: (state) => wanted.goesOn(state.wanted) && !ignored.isWholeBelow(state.ignored),
        isWanted: (state) => wanted.isWhole(state.wanted),
        visit: (file) => {
          if (!isTextName(file.path)) notText.add(labelBelow(base.label, folderOfBytes(file.path)))
          return visit(file)
        },
      },
    ),
  )
  return [...notText]
}

/** The folder that holds the first name on a path that is no text. */
export function folderOfBytes(path: string): string {
  const names = path.split('/')
  return names
    .slice(
      0,
      names.findIndex((name) => !isTextName(name)),
    )
    .join('/')
}
