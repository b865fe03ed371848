/** Deeper than this nothing is written: a walk must not run out of stack. */
const mostLevels = 500

/**
 * JSON for any value, also one that comes from code and not from JSON.
 *
 * An error is written as its name, message and own fields, a bigint as its digits, an object within itself as `"[circular]"`, and
 * what cannot be read (a getter or `toJSON` that throws) as the reason.
 *
 * @internal
 */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value, plain) ?? 'null'
  } catch {
    // A cycle, too many levels, or a value that throws when it is read: the slow way copes with each, at the cost of a second walk,
    // and says in place what could not be written.
    return JSON.stringify(readable(value, new Set())) ?? 'null'
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  return value instanceof Error ? fieldsOf(value) : value
}

/** A copy that JSON can write for certain. */
function readable(value: unknown, above: Set<object>): unknown {
  if (typeof value === 'bigint') return value.toString()
  // JSON leaves functions out, but it would call one named `toJSON`, which this walk has done.
  if (typeof value === 'function') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (above.has(value)) return '[circular]'
  if (above.size === mostLevels) return '[too deep]'
  above.add(value)
  try {
    if ('toJSON' in value && typeof value.toJSON === 'function') return readable(value.toJSON(), above)
    if (Array.isArray(value)) return value.map((member) => readable(member, above))
    const fields = value instanceof Error ? fieldsOf(value) : value
    return Object.fromEntries(Object.entries(fields).map(([key, member]) => [key, readable(member, above)]))
  } catch (error) {
    return `[not readable: ${error instanceof Error ? error.message : String(error)}]`
  } finally {
    above.delete(value)
  }
}

/** Name and message of an error stand outside its enumerable fields. */
function fieldsOf(error: Error): object {
  const { name, message } = error
  return Object.assign({ name, message }, error)
}
