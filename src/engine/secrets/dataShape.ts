import { placeBelow, type SecretPlace } from '../../model/secrets/secretPlaces.js'

/** The parts of an object that a reader of an event can see. */
export type DataShape =
  /** Nothing within it can be looked at by parts. */
  | { readonly type: 'whole' }
  | { readonly type: 'list' | 'set'; readonly members: readonly unknown[] }
  /** Keys and values in turn. */
  | { readonly type: 'map'; readonly members: readonly unknown[] }
  | { readonly type: 'fields' | 'error'; readonly keys: readonly string[]; readonly members: readonly unknown[] }

/** Stands for what threw when it was read. */
export const unreadable: unique symbol = Symbol('not readable')

/** May throw: a proxy may refuse everything. */
export function dataShape(data: object): DataShape {
  if (Array.isArray(data)) return { type: 'list', members: data }
  if (data instanceof Map) return { type: 'map', members: [...data].flat(1) }
  if (data instanceof Set) return { type: 'set', members: [...data] }
  if (data instanceof Date || data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return { type: 'whole' }
  const isError = data instanceof Error
  const keys = isError ? errorKeys(data) : Object.keys(data)
  return { type: isError ? 'error' : 'fields', keys, members: keys.map((key) => read(data, key)) }
}

/** The fields that an error keeps to itself, and the others. */
function errorKeys(error: Error): readonly string[] {
  const own = ['stack', 'cause', 'errors'].filter((key) => Object.hasOwn(error, key))
  return [...new Set(['name', 'message', ...own, ...Object.keys(error)])]
}

function read(data: object, key: string): unknown {
  try {
    return (data as { readonly [key: string]: unknown })[key]
  } catch {
    // A getter that throws: all but this can be told.
    return unreadable
  }
}

export function isAnyObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

export function membersOf(shape: DataShape): readonly unknown[] {
  return shape.type === 'whole' ? [] : shape.members
}

const strictness: Readonly<Record<SecretPlace, number>> = { open: 0, variables: 1, secret: 2 }

export function isFurther(place: SecretPlace, known: SecretPlace | undefined): boolean {
  return known === undefined || strictness[place] > strictness[known]
}

/** Where the member at a position of an object's members stands. */
export function memberPlace(shape: DataShape, at: number, place: SecretPlace): SecretPlace {
  if ('keys' in shape) return placeBelow(place, shape.keys[at]!)
  if (shape.type !== 'map') return place
  const key = shape.members[at - 1]
  // Keys stand before their values.
  return at % 2 === 1 && typeof key === 'string' ? placeBelow(place, key) : place === 'secret' ? 'secret' : 'open'
}
