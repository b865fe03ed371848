import { Way } from './access.js'
import type { AccessList } from './accessLists.js'

/** For each way, who touched something in it. */
export type ByWay = (AccessList | undefined)[]

/** A read that later ones may share. */
export interface FirstRead {
  readonly index: number
  readonly rank: number
}

/** A place that operations touch. What only some places have is made when first written: most are touched once. */
export interface Resource {
  /** The place that holds it; undefined for the root of a tree. */
  readonly holder: Resource | undefined
  places: Map<string, Resource> | undefined
  /** Who touched exactly this place. */
  here: ByWay | undefined
  /** Who touched what it holds. */
  below: ByWay | undefined
  /** The only read that others may share, or all of them by what they read. */
  firstReads: FirstRead | Map<string, FirstRead> | undefined
  /** The last that wrote exactly here, -1 for none, and its rank in the list. */
  writer: number
  writerRank: number
  /** Whether the writer is sure to write exactly here. */
  writerExact: boolean
}

/** The place of a resource. */
export interface Found {
  readonly place: Resource
  /** The places that hold it, from the root of the tree on. */
  readonly holders: readonly Resource[]
  /** Whether it is the resource itself, and not a place that holds it. */
  readonly exact: boolean
}

/** A place costs half a kilobyte. Past this many, what is not among them counts as the place that holds it. */
const mostPlaces = 500_000

/** Finds and makes the places of a plan: one tree a scheme. */
export function resourceTree(most = mostPlaces): (resource: string) => Found {
  const trees = new Map<string, Resource>()
  // What lies in one folder differs in its last segment alone: the others are looked up once.
  const folders = new Map<string, Resource>()
  let made = 0
  // Neighbours in the list are often neighbours on the disk.
  let holders: readonly Resource[] = []
  const holdersOf = ({ holder }: Resource): readonly Resource[] => {
    if (holders.at(-1) !== holder) holders = wayTo(holder)
    return holders
  }
  const memberOf = (folder: Resource, name: string): Resource | undefined => {
    const known = folder.places?.get(name)
    if (known !== undefined || made === most) return known
    made++
    const place = placeBelow(folder)
    ;(folder.places ??= new Map<string, Resource>()).set(name, place)
    return place
  }
  const rootOf = (scheme: string): Resource => {
    const root = trees.get(scheme) ?? placeBelow(undefined)
    trees.set(scheme, root)
    return root
  }
  const findAll = (resource: string, end: number): Found => {
    const { scheme, segments, exact } = segmentsOf(resource)
    let place = rootOf(scheme)
    // The last segment is what follows the last `/`, or the place is not known by its folder.
    const known = exact && end >= scheme.length && end + 1 < resource.length
    for (const [level, segment] of segments.entries()) {
      if (known && level === segments.length - 1) folders.set(resource.slice(0, end), place)
      const member = memberOf(place, segment)
      if (member === undefined) return { place, holders: holdersOf(place), exact: false }
      place = member
    }
    return { place, holders: holdersOf(place), exact }
  }
  return (resource) => {
    const end = resource.lastIndexOf('/')
    const folder = end < 0 || end + 1 === resource.length ? undefined : folders.get(resource.slice(0, end))
    const place = folder && memberOf(folder, resource.slice(end + 1))
    return place === undefined ? findAll(resource, end) : { place, holders: holdersOf(place), exact: true }
  }
}

/** A place and those that hold it, from the root on. Kept in each place, the way would take the square of its length. */
function wayTo(place: Resource | undefined): readonly Resource[] {
  const way: Resource[] = []
  for (let next = place; next !== undefined; next = next.holder) way.push(next)
  return way.reverse()
}

function placeBelow(holder: Resource | undefined): Resource {
  return {
    holder,
    places: undefined,
    here: undefined,
    below: undefined,
    firstReads: undefined,
    writer: -1,
    writerRank: -1,
    writerExact: false,
  }
}

/** No member of it: made in its full size, since one that grows takes three times as much. */
export function nobody(): ByWay {
  return [undefined, undefined, undefined, undefined, undefined]
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

/** The rank of the last write of exactly this place by an operation that is no program; -1 when there was none. */
export function lastWrite(place: Resource): number {
  return place.here?.[Way.write]?.newest ?? -1
}
