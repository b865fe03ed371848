import { Way } from './access.js'
import type { Collector } from './collector.js'

/** A place that operations touch. Lists by way are made when first written: most places are touched in one way. */
export interface Place {
  places: Map<string, Place> | undefined
  /** Who touched exactly this place, by way. */
  here: (Collector | undefined)[] | undefined
  /** Who touched what it holds, by way. */
  below: (Collector | undefined)[] | undefined
  /** The last that wrote exactly here, -1 for none, and its rank in the list. */
  writer: number
  writerRank: number
  /** Whether the writer is sure to write exactly here. */
  writerExact: boolean
}

/** The places from the root of a tree to that of a resource, both included. */
export interface WayTo {
  readonly way: readonly Place[]
  /** Whether the last place is the resource itself, and not one that holds it. */
  readonly exact: boolean
}

/** Finds and makes the places of a plan: one tree a scheme. */
export function placeFinder(): (resource: string) => WayTo {
  const trees = new Map<string, Place>()
  return (resource) => {
    const { scheme, segments, exact } = segmentsOf(resource)
    let found = placeIn(trees, scheme)
    const way = [found]
    for (const segment of segments) way.push((found = placeIn((found.places ??= new Map()), segment)))
    return { way, exact }
  }
}

/** No real path is this long: one that is counts as the place that holds it, so that a hostile one stays cheap. */
const mostLevels = 256

/** A resource taken apart at its first `:` and then at each `/`. */
export function segmentsOf(resource: string): {
  readonly scheme: string
  readonly segments: readonly string[]
  readonly exact: boolean
} {
  const colon = resource.indexOf(':')
  const parts = resource.slice(colon + 1).split('/', 2 * mostLevels)
  const segments = parts.filter((part) => part !== '').slice(0, mostLevels)
  return { scheme: resource.slice(0, colon + 1), segments, exact: segments.length < mostLevels && parts.length < 2 * mostLevels }
}

function placeIn(siblings: Map<string, Place>, name: string): Place {
  let place = siblings.get(name)
  if (place === undefined) {
    place = { places: undefined, here: undefined, below: undefined, writer: -1, writerRank: -1, writerExact: false }
    siblings.set(name, place)
  }
  return place
}

/** The rank of the last write of exactly this place by an operation that is no program; -1 when there was none. */
export function lastWrite(place: Place): number {
  return place.here?.[Way.write]?.newest ?? -1
}
