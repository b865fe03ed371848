import type { PlanPath } from '../../model/fault/fault.js'
import { keyAt, scanJson } from './scanJson.js'

/** A place that is looked for, and those below it. */
interface Wanted {
  /** Where its value begins, once found, and its key. */
  value: number | undefined
  key: number | undefined
  readonly below: Map<string, Wanted>
}

const wanted = (): Wanted => ({ value: undefined, key: undefined, below: new Map() })

/**
 * Finds where the values at some paths begin in JSON text, or their keys; of a value that is not there, the nearest one around it. One
 * pass finds all of them.
 */
export function jsonOffsets(text: string, paths: readonly PlanPath[]): (path: PlanPath, ofKey: boolean) => number {
  const root = wanted()
  for (const path of paths) {
    let place = root
    for (const step of path) {
      let next = place.below.get(String(step))
      if (next === undefined) place.below.set(String(step), (next = wanted()))
      place = next
    }
  }
  locate(text, root)
  return (path, ofKey) => {
    let place: Wanted | undefined = root
    let offset = root.value ?? 0
    for (const [depth, step] of path.entries()) {
      place = place.below.get(String(step))
      if (place === undefined || (place.value === undefined && place.key === undefined)) break
      offset = (ofKey && depth === path.length - 1 ? place.key : place.value) ?? place.key ?? offset
    }
    return offset
  }
}

function locate(text: string, root: Wanted): void {
  /** For each open container: what is wanted of it, and the position in it when it is a list. */
  const open: { readonly place: Wanted | undefined; readonly isList: boolean; position: number }[] = []
  let next: Wanted | undefined = root
  let entered: Wanted | undefined
  scanJson(text, {
    key(offset, end) {
      const below = open.at(-1)?.place?.below
      next = below === undefined || below.size === 0 ? undefined : below.get(keyAt(text, offset, end))
      if (next !== undefined) next.key ??= offset
    },
    value(offset) {
      const around = open.at(-1)
      if (around?.isList === true) next = around.place?.below.get(String(around.position++))
      if (next !== undefined) next.value ??= offset
      entered = next
      next = undefined
    },
    enter: (isList) => open.push({ place: entered, isList, position: 0 }),
    leave: () => open.pop(),
  })
}
