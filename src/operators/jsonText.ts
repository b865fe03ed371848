/**
 * JSON for any value, also one that comes from code and not from JSON.
 *
 * An error is written as its name, message and own fields, a bigint as its digits, an object within itself as `"[circular]"`, and
 * what cannot be read (a getter or `toJSON` that throws) as the reason.
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value, plain) ?? 'null'
  } catch (error) {
    // A cycle, or a value that throws when it is read: the slow way copes with both, at the cost of a second walk.
    return JSON.stringify(copied(value, new Set(), error))
  }
}

function plain(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Error) return fieldsOf(value)
  return value
}

function copied(value: unknown, above: Set<object>, why: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (above.has(value)) return '[circular]'
  above.add(value)
  try {
    const source = value instanceof Error ? fieldsOf(value) : value
    if (Array.isArray(source)) return source.map((member) => copied(member, above, why))
    return Object.fromEntries(Object.entries(source).map(([key, member]) => [key, copied(member, above, why)]))
  } catch (error) {
    return `[not readable: ${error instanceof Error ? error.message : String(why)}]`
  } finally {
    above.delete(value)
  }
}

/** Name and message of an error stand outside its enumerable fields. */
function fieldsOf(error: Error): object {
  const { name, message } = error
  return Object.assign({ name, message }, error)
}
