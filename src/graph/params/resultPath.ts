import { isPlainObject, own } from '../../model/codec/plainObject.js'

/** The way from an operation to a value in its result, as a plan writes it. */
export interface ResultPath {
  readonly id: string
  readonly keys: readonly (string | number)[]
  /** `build.files.0`: as it was written, for people. */
  readonly text: string
}

/** The value below `value` at `keys`, undefined when there is none. Only own properties and positions count. */
export function valueAt(value: unknown, keys: readonly (string | number)[]): unknown {
  let found = value
  for (const key of keys) {
    if (found === undefined) return undefined
    found = memberOf(found, key)
  }
  return found
}

/** The first of `keys` that leads nowhere, and what there is beside it. */
export function firstMissing(
  value: unknown,
  keys: readonly (string | number)[],
): { readonly key: string; readonly known: readonly string[] } | undefined {
  let container = value
  for (const key of keys) {
    const found = memberOf(container, key)
    if (found === undefined) return { key: String(key), known: isPlainObject(container) ? Object.keys(container) : [] }
    container = found
  }
  return undefined
}

/** A key as a position in a list; undefined when it is none. */
export function positionOf(key: string | number): number | undefined {
  const position = typeof key === 'number' ? key : Number(key)
  return Number.isSafeInteger(position) && position >= 0 && String(position) === String(key) ? position : undefined
}

function memberOf(container: unknown, key: string | number): unknown {
  if (isPlainObject(container)) return own(container, String(key))
  const position = positionOf(key)
  return Array.isArray(container) && position !== undefined ? (container as readonly unknown[])[position] : undefined
}
