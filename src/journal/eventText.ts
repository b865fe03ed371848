import { jsonText } from '../operators/jsonText.js'

/** Deeper values are left to what copes with any. */
const mostLevels = 20

/**
 * What `jsonText` makes of a value, in two thirds of the time when it is plain data, as nearly every event is: then nothing in it
 * has to be looked at while it is written.
 */
export function eventText(value: object): string {
  try {
    if (isPlain(value, mostLevels)) return JSON.stringify(value)
  } catch {
    // Something in it throws when it is read: what follows says in its place what could not be written.
  }
  return jsonText(value)
}

/** Whether JSON writes a value as it stands: objects and lists of texts, numbers and the like. */
function isPlain(value: unknown, levels: number): boolean {
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'bigint'
  if (value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) {
    for (const member of value) if (!isPlain(member, levels - 1)) return false
    return true
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  for (const key in value) if (!isPlain((value as Readonly<Record<string, unknown>>)[key], levels - 1)) return false
  return true
}
