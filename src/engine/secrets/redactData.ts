import { setOwn } from '../../model/codec/plainObject.js'
import { isSecretField } from '../../model/secrets/secretFields.js'
import type { SecretPlace } from '../../model/secrets/secretPlaces.js'
import { bytesAsText } from './bytesAsText.js'
import { dataShape, isFurther, isAnyObject, memberPlace, membersOf, unreadable, type DataShape } from './dataShape.js'
import { mask } from './mask.js'

/** How texts are cleaned: one that is a whole value, and one in which secrets may stand. */
export interface TextCleaner {
  readonly cleanText: (text: string) => string
  readonly cleanWithin: (text: string) => string
}

/** What an object is, and what stands instead of it: itself, as long as nothing in it has to change. */
interface Look {
  readonly shape: DataShape
  instead: unknown
  changes: boolean
}

/** An object, and what holds it. */
interface Found extends Look {
  readonly source: object
  readonly holders: Found[]
  readonly place: SecretPlace
}

const notReadable = '[not readable]'
/** What an object says of itself may hold objects that do so, without end. */
const mostSayings = 16

/**
 * Makes what gives any data with its texts cleaned, however it is built: circles stay circles, nothing runs out of stack, and what has
 * no secret in it is the very same. What cannot be read (a getter that throws, a proxy that refuses) is told so in its place. Bytes
 * with a secret among them are left out whole, and an instance of a class that has one becomes its fields, or what it says of itself.
 * Every text under a secret name is left out whole, numbers and what is true or false never.
 */
export function redactData({ cleanText, cleanWithin }: TextCleaner): (data: unknown) => unknown {
  const leaf = (value: unknown, place: SecretPlace): unknown => {
    if (typeof value === 'string') return place === 'secret' && value !== '' ? mask : cleanText(value)
    if (value === unreadable) return notReadable
    return (typeof value === 'number' || typeof value === 'bigint') && cleanWithin(String(value)) === mask ? mask : value
  }

  /** What stands in place of the whole object; itself when it is to be looked at by parts. */
  const replaced = (data: object, place: SecretPlace, sayings: number): unknown => {
    if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) {
      if (place === 'secret') return mask
      const bytes = bytesAsText(
        ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data),
      )
      return cleanWithin(bytes) === bytes ? data : mask
    }
    for (const saying of sayingsOf(data)) {
      const told = clean(saying, place, sayings + 1)
      if (!Object.is(told, saying)) return told
    }
    return data
  }

  const look = (source: object, place: SecretPlace, sayings: number): Look => {
    try {
      const instead = sayings > mostSayings ? notReadable : replaced(source, place, sayings)
      if (instead !== source) return { shape: { type: 'whole' }, instead, changes: true }
      const shape = dataShape(source)
      const alters = ('keys' in shape && shape.keys.some((key) => cleanKey(key) !== key)) || alteredLeafIn(shape, place)
      return { shape, instead, changes: alters }
    } catch {
      // Whatever a body gave or threw comes here, also what throws when it is looked at: an event must be told all the same.
      return { shape: { type: 'whole' }, instead: notReadable, changes: true }
    }
  }

  /** A secret name is not itself a secret, also when somebody's password is `password`. */
  const cleanKey = (key: string): string => (isSecretField(key) ? key : cleanWithin(key))

  const alteredLeafIn = (shape: DataShape, place: SecretPlace): boolean => {
    const members = membersOf(shape)
    for (let at = 0; at < members.length; at++) {
      const member = members[at]
      if (!isAnyObject(member) && !Object.is(leaf(member, memberPlace(shape, at, place)), member)) return true
    }
    return false
  }

  const hasSecret = (root: object, rootPlace: SecretPlace, sayings: number): boolean => {
    const seen = new Map([[root, rootPlace]])
    const ahead = [root]
    // It grows while it is walked.
    for (const source of ahead) {
      const place = seen.get(source)!
      const { changes, shape } = look(source, place, sayings)
      if (changes) return true
      membersOf(shape).forEach((member, at) => {
        if (!isAnyObject(member)) return
        const below = memberPlace(shape, at, place)
        if (!isFurther(below, seen.get(member))) return
        seen.set(member, below)
        ahead.push(member)
      })
    }
    return false
  }

  const all = (root: object, rootPlace: SecretPlace, sayings: number): ReadonlyMap<object, Found> => {
    const found = new Map<object, Found>()
    const ahead: Found[] = []
    const enter = (source: object, place: SecretPlace, holder: Found | undefined): void => {
      let held = found.get(source)
      // One that several hold stands where the strictest of them has it.
      if (held === undefined || isFurther(place, held.place)) {
        held = { source, place, holders: held?.holders ?? [], ...look(source, place, sayings) }
        found.set(source, held)
        ahead.push(held)
      }
      if (holder !== undefined) held.holders.push(holder)
    }
    enter(root, rootPlace, undefined)
    // It grows while it is walked.
    for (const holder of ahead)
      membersOf(holder.shape).forEach((member, at) => {
        if (isAnyObject(member)) enter(member, memberPlace(holder.shape, at, holder.place), holder)
      })
    return found
  }

  const clean = (data: unknown, place: SecretPlace, sayings: number): unknown => {
    if (!isAnyObject(data)) return leaf(data, place)
    // Most data has no secret in it: all this is kept in mind only for what has.
    if (!hasSecret(data, place, sayings)) return data
    const found = all(data, place, sayings)
    const changed = [...found.values()].filter(({ changes }) => changes)
    for (const { holders } of changed)
      for (const { source } of holders) {
        const holder = found.get(source)!
        if (holder.changes) continue
        holder.changes = true
        changed.push(holder)
      }
    for (const each of changed) if (each.instead === each.source) each.instead = emptyLike(each.shape)
    for (const each of changed) {
      const placed = (member: unknown, at: number): unknown =>
        isAnyObject(member) ? (found.get(member)?.instead ?? member) : leaf(member, memberPlace(each.shape, at, each.place))
      fill(each.instead, each.shape, placed, cleanKey)
    }
    return found.get(data)!.instead
  }

  return (data) => clean(data, 'open', 0)
}

/** What it becomes as JSON and as text, where it decides that by itself: a `URL` has no fields to look at. */
function sayingsOf(data: object): readonly unknown[] {
  const { toJSON, toString } = data as { readonly toJSON?: unknown; readonly toString?: unknown }
  const sayings: unknown[] = []
  const json: unknown = typeof toJSON === 'function' ? toJSON.call(data) : data
  if (json !== data) sayings.push(json)
  // Those of lists and errors tell what their members and fields tell.
  const says = typeof toString === 'function' && toString !== Object.prototype.toString && !Array.isArray(data) && !(data instanceof Error)
  if (says) sayings.push(toString.call(data))
  return sayings
}

function emptyLike(shape: DataShape): unknown {
  switch (shape.type) {
    case 'whole':
    case 'fields':
      return {}
    case 'list':
      return []
    case 'set':
      return new Set()
    case 'map':
      return new Map()
    case 'error':
      return new Error()
  }
}

function fill(copy: unknown, shape: DataShape, placed: (member: unknown, at: number) => unknown, cleanKey: (key: string) => string): void {
  switch (shape.type) {
    case 'whole':
      return
    case 'list':
      shape.members.forEach((member, at) => (copy as unknown[]).push(placed(member, at)))
      return
    case 'set':
      shape.members.forEach((member, at) => (copy as Set<unknown>).add(placed(member, at)))
      return
    case 'map':
      for (let at = 0; at < shape.members.length; at += 2)
        (copy as Map<unknown, unknown>).set(placed(shape.members[at], at), placed(shape.members[at + 1], at + 1))
      return
    case 'fields':
      shape.keys.forEach((key, at) => setOwn(copy as object, cleanKey(key), placed(shape.members[at], at)))
      return
    case 'error':
      shape.keys.forEach((key, at) => {
        const value = placed(shape.members[at], at)
        Object.defineProperty(copy, cleanKey(key), { value, enumerable: !hiddenFields.has(key), configurable: true, writable: true })
      })
  }
}

/** What an error does not show among its fields. */
const hiddenFields: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])
