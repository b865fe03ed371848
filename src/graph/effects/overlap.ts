import type { Access } from './access.js'
import { segmentsOf } from './resourceTree.js'

/** How two touched places lie to each other; undefined when neither holds the other. */
export function overlap(first: Access, second: Access): 'same' | 'holds' | 'inside' | undefined {
  const [a, b] = [segmentsOf(first.resource), segmentsOf(second.resource)]
  const shorter = Math.min(a.segments.length, b.segments.length)
  if (a.scheme !== b.scheme) return undefined
  for (let level = 0; level < shorter; level++) if (a.segments[level] !== b.segments[level]) return undefined
  return a.segments.length === b.segments.length ? 'same' : a.segments.length === shorter ? 'holds' : 'inside'
}
