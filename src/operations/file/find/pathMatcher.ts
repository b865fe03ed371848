import { expandBraces } from './expandBraces.js'
import { segmentPattern, type SegmentPattern } from './segmentPattern.js'

/** Where several patterns stand after some folders. */
export type MatchState = readonly number[]

/** Matches paths name by name: each state says all that the names before it have decided. */
export interface PathMatcher {
  readonly start: MatchState
  /** The state behind one more name. Empty when nothing can match any more. */
  readonly next: (state: MatchState, name: string) => MatchState
  /** Whether the names so far match a pattern as a whole. */
  readonly isWhole: (state: MatchState) => boolean
  /** Whether whatever follows matches, names that begin with a dot too if wildcards stand for those. */
  readonly isWholeBelow: (state: MatchState) => boolean
  /** Whether more names may follow: else no folder needs to be entered. */
  readonly goesOn: (state: MatchState) => boolean
}

export const mostAlternatives = 100

/**
 * A matcher for any of some patterns. A state is a set of positions in them, all followed at once: nothing is ever tried again, whatever
 * the number of `**`.
 *
 * `dot` says whether wildcards stand for names that begin with a dot.
 */
export function pathMatcher(patterns: readonly string[], dot: boolean): PathMatcher {
  // The segments of all patterns in one row, each pattern's end marked by undefined.
  const row: (SegmentPattern | undefined)[] = []
  const starts: number[] = []
  for (const pattern of patterns.flatMap((one) => expandBraces(one, mostAlternatives))) {
    const segments = segmentsOf(pattern)
    if (segments === undefined) continue
    starts.push(row.length)
    row.push(...segments.map(segmentPattern), undefined)
  }
  const opened = (positions: Iterable<number>): MatchState => {
    const open = new Set<number>()
    for (let position of positions) {
      open.add(position)
      // Behind ** as well: it may stand for no folder at all.
      while (row[position]?.isGlobstar) open.add(++position)
    }
    return [...open]
  }
  return {
    start: opened(starts),
    next(state, name) {
      const hidden = !dot && name.startsWith('.')
      const positions: number[] = []
      for (const position of state) {
        const segment = row[position]
        if (segment === undefined) continue
        if (segment.isGlobstar) {
          if (!hidden) positions.push(position)
        } else if ((!hidden || segment.startsWithDot) && segment.matches(name)) positions.push(position + 1)
      }
      return positions.length === 0 ? nowhere : opened(positions)
    },
    isWhole: (state) => state.some((position) => row[position] === undefined),
    isWholeBelow: (state) => state.some((at) => row[at]?.isGlobstar && row[at + 1]?.isAnyName && row[at + 2] === undefined),
    goesOn: (state) => state.some((position) => row[position] !== undefined),
  }
}

const nowhere: MatchState = []

/**
 * Split at slashes; there are none in a class, since no name holds one. Undefined for what matches no file: a pattern that ends with a
 * slash means folders, and one that begins with a slash is none of these. `**` at the end stands for at least one name.
 */
function segmentsOf(pattern: string): readonly string[] | undefined {
  if (pattern.startsWith('/') || pattern.endsWith('/')) return undefined
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.')
  return segments.at(-1) === '**' ? [...segments, '*'] : segments
}
