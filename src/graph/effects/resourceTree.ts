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
  /** The places that hold it, from the root of the tree on. */
  readonly holders: readonly Resource[]
  places: Map<string, Resource> | undefined
  /** The holders of what it holds: its own, and itself. */
  way: readonly Resource[] | undefined
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
  /** Whether it is the resource itself, and not a place that holds it. */
  readonly exact: boolean
}

/** Finds and makes the places of a plan: one tree a scheme. */
export function resourceTree(): (resource: string) => Found {
  const trees = new Map<string, Resource>()
  // What lies in one folder differs in its last segment alone: the others are looked up once.
  const folders = new Map<string, Resource>()
  const findAll = (resource: string, end: number): Found => {
    const { scheme, segments, exact } = segmentsOf(resource)
    let place = placeIn(trees, scheme, noHolders)
    // The last segment is what follows the last `/`, or the place is not known by its folder.
    const known = exact && end >= scheme.length && end + 1 < resource.length
    segments.forEach((segment, level) => {
      if (known && level === segments.length - 1) folders.set(resource.slice(0, end), place)
      place = memberOf(place, segment)
    })
    return { place, exact }
  }
  return (resource) => {
    const end = resource.lastIndexOf('/')
    const folder = end < 0 || end + 1 === resource.length ? undefined : folders.get(resource.slice(0, end))
    return folder === undefined ? findAll(resource, end) : { place: memberOf(folder, resource.slice(end + 1)), exact: true }
  }
}

const noHolders: readonly Resource[] = []

function memberOf(folder: Resource, name: string): Resource {
  return placeIn((folder.places ??= new Map<string, Resource>()), name, (folder.way ??= [...folder.holders, folder]))
}

function placeIn(siblings: Map<string, Resource>, name: string, holders: readonly Resource[]): Resource {
  let place = siblings.get(name)
  if (place === undefined) {
    place = {
      holders,
      places: undefined,
      way: undefined,
      here: undefined,
      below: undefined,
      firstReads: undefined,
      writer: -1,
      writerRank: -1,
      writerExact: false,
    }
    siblings.set(name, place)
  }
  return place
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
