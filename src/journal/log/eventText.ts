import type { OperationSucceeded } from '../../model/event.js'
import { jsonText } from '../../operators/share/jsonText.js'
import { isPlainScalar, readsBack } from './readsBack.js'

/** Deeper values are left to what copes with any. */
const mostLevels = 20
/** What a number, a key's quotes and commas and the like come to. */
const scalarLength = 8
const pieceLength = 8 * 1024

/**
 * What `jsonText` makes of a value, in two thirds of the time when it is plain data, as nearly every event is: then nothing in it
 * has to be looked at while it is written.
 */
export function eventText(value: object): string {
  try {
    if (plainLength(value, mostLevels) < Infinity) return JSON.stringify(value)
  } catch {
    // Something in it throws when it is read: what follows says in its place what could not be written.
  }
  return jsonText(value)
}

/** The same of an end with a value, which says whether that can be read back. */
export function successText(event: OperationSucceeded): string {
  try {
    if (event.recoveredFrom === undefined && (event.value === undefined || plainLength(event.value, mostLevels) < Infinity))
      return JSON.stringify(event)
  } catch {
    // It throws when it is read: what follows says so in its place.
  }
  return eventText(readsBack(event.value) ? event : { ...event, lossy: true })
}

/**
 * The same for many values, with commas between them: a piece has as many as are short together, and at most one long one. JSON
 * made of a few at once takes half the time of each for itself.
 */
export function* listText(values: Iterable<object>): Generator<string, void, undefined> {
  let together: object[] = []
  let length = 0
  let between = ''
  for (const value of values) {
    together.push(value)
    length += lengthOf(value)
    if (length < pieceLength) continue
    yield between + textOfAll(together, length)
    between = ','
    together = []
    length = 0
  }
  if (together.length > 0) yield between + textOfAll(together, length)
}

function textOfAll(values: readonly object[], length: number): string {
  try {
    if (length < Infinity) return JSON.stringify(values).slice(1, -1)
  } catch {
    // One of them throws when it is read again: each for itself shows which.
  }
  return values.map(eventText).join(',')
}

function lengthOf(value: object): number {
  try {
    return plainLength(value, mostLevels)
  } catch {
    // It throws when it is read: no plain data.
    return Infinity
  }
}

/**
 * About how long a value's text is that JSON writes as it stands and reads back as it was: objects and lists of texts, numbers and
 * the like; else `Infinity`.
 */
function plainLength(value: unknown, levels: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object') return isPlainScalar(value) ? scalarLength : Infinity
  if (value === null) return scalarLength
  if (levels === 0) return Infinity
  let length = 0
  if (Array.isArray(value)) {
    for (const member of value) {
      length += plainLength(member, levels - 1)
      if (length === Infinity) return length
    }
    // JSON leaves out what a list has besides its members, such as the `index` of a match, and of what class it is.
    const isList = Object.getPrototypeOf(value) === Array.prototype && Object.keys(value).length === value.length
    return isList ? length : Infinity
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return Infinity
  for (const key in value) {
    length += scalarLength + plainLength((value as Readonly<Record<string, unknown>>)[key], levels - 1)
    if (length === Infinity) return length
  }
  return length
}
