/** Deeper values are taken not to be read back: a walk must not run out of stack. */
const mostLevels = 500

/**
 * Whether a value that is written as JSON and read again is equal to what it was: texts, finite numbers, booleans, null, and lists and
 * plain objects of them. A `Map`, a class, a bigint, a cycle or an `undefined` inside is not.
 *
 * Never throws: what cannot be read now cannot be read back.
 */
export function readsBack(value: unknown): boolean {
  try {
    // Nothing at all is a field that is not there, in an event as in what is read of it.
    return value === undefined || isPlain(value, new Set())
  } catch {
    // A getter or a proxy that refuses.
    return false
  }
}

/** Whether something that is no object stands in JSON as it is: no `-0`, which would become `0`. */
export function isPlainScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  return typeof value === 'string' || typeof value === 'boolean'
}

function isPlain(value: unknown, above: Set<object>): boolean {
  if (value === null || typeof value !== 'object') return value === null || isPlainScalar(value)
  if (above.has(value) || above.size === mostLevels) return false
  above.add(value)
  const plain = Array.isArray(value) ? isPlainList(value, above) : isPlainRecord(value, above)
  above.delete(value)
  return plain
}

function isPlainList(list: readonly unknown[], above: Set<object>): boolean {
  if (Object.getPrototypeOf(list) !== Array.prototype || Object.keys(list).length !== list.length) return false
  return list.every((member) => isPlain(member, above))
}

function isPlainRecord(record: object, above: Set<object>): boolean {
  const prototype: unknown = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null) return false
  // Written out: JSON leaves out what is no field by a text, and so does this.
  for (const member of Object.values(record)) if (!isPlain(member, above)) return false
  return true
}
