import { isPlainObject, own } from '../../../model/codec/plainObject.js'

/** A way into the value of an operation, as `returns` and `batch_status` name it. */
export interface AskedPath {
  /** As it was asked for, without its range. */
  readonly path: string
  readonly id: string
  readonly keys: readonly (string | number)[]
  readonly range?: { readonly from: number; readonly to: number }
}

/** Reads `a`, `a.items[0].path`, `a.text@100`, `a.text@100-200`: the longest id that fits is meant; undefined where none does. */
export function askedPath(text: string, isId: (id: string) => boolean): AskedPath | undefined {
  const whole = pathOf(text, isId)
  // An id may hold an "@" itself.
  if (whole !== undefined && whole.keys.every((key) => !String(key).includes('@'))) return whole
  const ranged = /^(.+)@(\d{1,15})(?:-(\d{1,15}))?$/s.exec(text)
  if (ranged === null) return whole
  const [, path = '', from = '', to] = ranged
  const found = pathOf(path, isId)
  return found === undefined ? whole : { ...found, range: { from: Number(from), to: to === undefined ? Infinity : Number(to) } }
}

function pathOf(path: string, isId: (id: string) => boolean): AskedPath | undefined {
  if (isId(path)) return { path, id: path, keys: [] }
  for (let end = path.length - 1; end > 0; end--) {
    const mark = path[end]
    if (mark !== '.' && mark !== '[') continue
    const id = path.slice(0, end)
    if (!isId(id)) continue
    const keys = keysOf(path.slice(end))
    return keys === undefined ? undefined : { path, id, keys }
  }
  return undefined
}

/** `.items[0].path` as keys; undefined when it is none. */
function keysOf(rest: string): readonly (string | number)[] | undefined {
  const keys: (string | number)[] = []
  let place = 0
  for (const found of rest.matchAll(/\.([^.[\]]+)|\[(\d+)\]/gy)) {
    keys.push(found[1] ?? Number(found[2]))
    place = found.index + found[0].length
  }
  return place === rest.length ? keys : undefined
}

/** What stands at keys of a value, own properties and positions only; undefined when nothing does. */
export function leafAt(value: unknown, keys: readonly (string | number)[]): unknown {
  let leaf = value
  for (const key of keys) {
    const inside = Array.isArray(leaf) || isPlainObject(leaf) ? own(leaf, String(key)) : undefined
    if (inside === undefined) return undefined
    leaf = inside
  }
  return leaf
}
