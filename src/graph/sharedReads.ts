import { isPlainObject } from '../model/codec/plainObject.js'
import type { Foreseen } from '../model/effects.js'
import type { PlanTask } from './planTask.js'

/** Finds reads that would give what an earlier one gave. */
export interface Sharing {
  /**
   * The equal read that this operation can share, if nothing since was in conflict with it. `newestConflict` gives the rank of the
   * last operation that was.
   */
  equalRead(index: number, rank: number, newestConflict: () => number): number | undefined
  /** For each operation that shares: the index of the one that reads. */
  readonly shared: ReadonlyMap<number, number>
}

/**
 * Operations are equal reads when they are of one type that declares itself read-only, have the same parameters, all known before
 * the run, and declare what they read: only then is it certain that nothing changes it meanwhile.
 */
export function sharedReads(tasks: readonly PlanTask[]): Sharing {
  const shared = new Map<number, number>()
  const firsts = new Map<string, { readonly index: number; readonly rank: number }>()
  return {
    shared,
    equalRead(index, rank, newestConflict) {
      const task = tasks[index]!
      const key = readKey(task)
      if (key === undefined) return undefined
      const first = firsts.get(key)
      if (first === undefined || newestConflict() > first.rank) {
        firsts.set(key, { index, rank })
        return undefined
      }
      shared.set(index, first.index)
      return first.index
    },
  }
}

/** The same text for equal reads; undefined for what cannot be shared. */
function readKey({ operationType, given, name, secret, fallback }: PlanTask): string | undefined {
  if (operationType.readOnly === undefined || given.type !== 'decoded' || secret) return undefined
  // What it came to may be its fallback, which is nobody else's.
  if (fallback !== undefined) return undefined
  // Decoded by the type's own codec.
  const params = given.params as Foreseen<unknown>
  if (!operationType.readOnly(params)) return undefined
  const { reads = [], writes = [], follows = [] } = operationType.effects(params)
  if (reads.length === 0 || writes.length > 0 || follows.length > 0) return undefined
  return `${name} ${JSON.stringify(given.params, sorted)}`
}

/** Fields in one order, however they were written. */
function sorted(_key: string, value: unknown): unknown {
  return isPlainObject(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value
}
