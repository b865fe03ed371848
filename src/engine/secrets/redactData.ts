import { setOwn } from '../../model/codec/plainObject.js'
import { bytesAsText } from './bytesAsText.js'
import { dataShape, unreadable, type DataShape } from './dataShape.js'
import { mask } from './mask.js'

/** How texts are cleaned: one that is a whole value, and one in which secrets may stand. */
export interface TextCleaner {
  readonly cleanText: (text: string) => string
  readonly cleanWithin: (text: string) => string
}

/** An object, what holds it, and what stands in its place: itself, as long as nothing in it has to change. */
interface Found {
  readonly source: object
  readonly shape: DataShape
  readonly holders: Found[]
  instead: unknown
  changes: boolean
}

const notReadable = '[not readable]'
/** What an object says of itself may hold objects that do so, without end. */
const mostSayings = 16

/**
 * Makes what gives any data with its texts cleaned, however it is built: circles stay circles, nothing runs out of stack, and what has
 * no secret in it is the very same. What cannot be read (a getter that throws, a proxy that refuses) is told so in its place. Bytes
 * with a secret among them are left out whole, and an instance of a class that has one becomes its fields, or what it says of itself.
 */
export function redactData({ cleanText, cleanWithin }: TextCleaner): (data: unknown) => unknown {
  const leaf = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value)
    if (value === unreadable) return notReadable
    return (typeof value === 'number' || typeof value === 'bigint') && cleanWithin(String(value)) === mask ? mask : value
  }

  /** What stands in place of the whole object; itself when it is to be looked at by parts. */
  const replaced = (data: object, sayings: number): unknown => {
    if (ArrayBuffer.isView(data) || data instanceof ArrayBuffer) {
      const bytes = bytesAsText(
        ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data),
      )
      return cleanWithin(bytes) === bytes ? data : mask
    }
    for (const saying of sayingsOf(data)) {
      const told = clean(saying, sayings + 1)
      if (!Object.is(told, saying)) return told
    }
    return data
  }

  const look = (source: object, sayings: number): Found => {
    try {
      const instead = sayings > mostSayings ? notReadable : replaced(source, sayings)
      const changes = instead !== source
      const shape: DataShape = changes ? { type: 'whole' } : dataShape(source)
      const altered = ('keys' in shape && shape.keys.some((key) => cleanWithin(key) !== key)) || membersOf(shape).some(leafChanges)
      return { source, shape, holders: [], instead, changes: changes || altered }
    } catch {
      // Whatever a body gave or threw comes here, also what throws when it is looked at: an event must be told all the same.
      return { source, shape: { type: 'whole' }, holders: [], instead: notReadable, changes: true }
    }
  }

  const leafChanges = (member: unknown): boolean => !isObject(member) && !Object.is(leaf(member), member)

  const hasSecret = (root: object, sayings: number): boolean => {
    const seen = new Set([root])
    // It grows while it is walked.
    for (const source of seen) {
      const { changes, shape } = look(source, sayings)
      if (changes) return true
      for (const member of membersOf(shape)) if (isObject(member)) seen.add(member)
    }
    return false
  }

  const all = (root: object, sayings: number): ReadonlyMap<object, Found> => {
    const found = new Map([[root, look(root, sayings)]])
    for (const holder of found.values())
      for (const member of membersOf(holder.shape)) {
        if (!isObject(member)) continue
        let held = found.get(member)
        if (held === undefined) found.set(member, (held = look(member, sayings)))
        held.holders.push(holder)
      }
    return found
  }

  const clean = (data: unknown, sayings: number): unknown => {
    if (!isObject(data)) return leaf(data)
    // Most data has no secret in it: all this is kept in mind only for what has.
    if (!hasSecret(data, sayings)) return data
    const found = all(data, sayings)
    const changed = [...found.values()].filter(({ changes }) => changes)
    for (const { holders } of changed)
      for (const holder of holders)
        if (!holder.changes) {
          holder.changes = true
          changed.push(holder)
        }
    for (const each of changed) if (each.instead === each.source) each.instead = emptyLike(each.shape)
    const placed = (member: unknown): unknown => (isObject(member) ? (found.get(member)?.instead ?? member) : leaf(member))
    for (const { shape, instead } of changed) fill(instead, shape, placed, cleanWithin)
    return placed(data)
  }

  return (data) => clean(data, 0)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function membersOf(shape: DataShape): readonly unknown[] {
  return shape.type === 'whole' ? [] : shape.members
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

function fill(copy: unknown, shape: DataShape, placed: (member: unknown) => unknown, cleanKey: (key: string) => string): void {
  switch (shape.type) {
    case 'whole':
      return
    case 'list':
      for (const member of shape.members) (copy as unknown[]).push(placed(member))
      return
    case 'set':
      for (const member of shape.members) (copy as Set<unknown>).add(placed(member))
      return
    case 'map':
      for (let at = 0; at < shape.members.length; at += 2)
        (copy as Map<unknown, unknown>).set(placed(shape.members[at]), placed(shape.members[at + 1]))
      return
    case 'fields':
      shape.keys.forEach((key, at) => setOwn(copy as object, cleanKey(key), placed(shape.members[at])))
      return
    case 'error':
      shape.keys.forEach((key, at) => {
        const value = placed(shape.members[at])
        Object.defineProperty(copy, cleanKey(key), { value, enumerable: !hiddenFields.has(key), configurable: true, writable: true })
      })
  }
}

/** What an error does not show among its fields. */
const hiddenFields: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])
