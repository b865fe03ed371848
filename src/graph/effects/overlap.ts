import type { Access } from './access.js'
import { segmentsOf } from './resourceTree.js'

/** How two touched places lie to each other; undefined when neither holds the other. */
export function overlap(
  { resource: first }: Pick<Access, 'resource'>,
  { resource: second }: Pick<Access, 'resource'>,
): Overlap | undefined {
  return isPlain(first) && isPlain(second) ? overlapOfTexts(first, second) : overlapOfSegments(first, second)
}

export type Overlap = 'same' | 'holds' | 'inside'

// Short enough to have no more levels than count.
const longestPlain = 256

/** Nearly all are written in one way: their texts say how they lie, and nothing is taken apart. */
function isPlain(resource: string): boolean {
  return resource.length < longestPlain && !resource.endsWith('/') && !resource.includes('//')
}

function overlapOfTexts(first: string, second: string): Overlap | undefined {
  if (first === second) return 'same'
  const [schemeEnd, otherEnd] = [first.indexOf(':') + 1, second.indexOf(':') + 1]
  if (schemeEnd !== otherEnd || !second.startsWith(first.slice(0, schemeEnd))) return undefined
  const [a, b] = [pathBehind(first, schemeEnd), pathBehind(second, schemeEnd)]
  if (a === b) return 'same'
  if (isAbove(a, b)) return 'holds'
  return isAbove(b, a) ? 'inside' : undefined
}

function pathBehind(resource: string, schemeEnd: number): string {
  return resource.slice(resource[schemeEnd] === '/' ? schemeEnd + 1 : schemeEnd)
}

function isAbove(outer: string, inner: string): boolean {
  return outer === '' || (inner[outer.length] === '/' && inner.startsWith(outer))
}

function overlapOfSegments(first: string, second: string): Overlap | undefined {
  const [a, b] = [segmentsOf(first), segmentsOf(second)]
  const shorter = Math.min(a.segments.length, b.segments.length)
  if (a.scheme !== b.scheme) return undefined
  for (let level = 0; level < shorter; level++) if (a.segments[level] !== b.segments[level]) return undefined
  return a.segments.length === b.segments.length ? 'same' : a.segments.length === shorter ? 'holds' : 'inside'
}
