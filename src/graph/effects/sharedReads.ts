import { isPlainObject } from '../../model/codec/plainObject.js'
import type { Foreseen } from '../../model/effects.js'
import type { FirstRead, Resource } from './resourceTree.js'
import type { CompiledPlanOperation } from '../operations/compiledOperation.js'

/** Finds reads that would give what an earlier one gave. */
export interface Sharing {
  /**
   * The equal read that this operation, which reads `place` first of all and does nothing but read, can share, if nothing since was in
   * conflict with it. `newestConflict` gives the rank of the last operation that was.
   */
  equalRead(index: number, rank: number, place: Resource, newestConflict: () => number): number | undefined
  /** For each operation that shares: the index of the one that reads. */
  readonly shared: ReadonlyMap<number, number>
}

/**
 * Operations are equal reads when they are of one type that declares itself read-only, have the same parameters, all known before
 * the run, and declare what they read: only then is it certain that nothing changes it meanwhile.
 */
export function sharedReads(operations: readonly CompiledPlanOperation[]): Sharing {
  const shared = new Map<number, number>()
  return {
    shared,
    equalRead(index, rank, place, newestConflict) {
      const operation = operations[index]!
      if (!mayShare(operation)) return undefined
      const known = place.firstReads
      if (known === undefined) {
        // Most are the only one of their place: nothing is made of their parameters.
        place.firstReads = { index, rank }
        return undefined
      }
      const byKey = known instanceof Map ? known : new Map<string, FirstRead>([[readKey(operations[known.index]!), known]])
      place.firstReads = byKey
      const key = readKey(operation)
      const first = byKey.get(key)
      if (first === undefined || newestConflict() > first.rank) {
        byKey.set(key, { index, rank })
        return undefined
      }
      shared.set(index, first.index)
      return first.index
    },
  }
}

function mayShare({ operationType, given, secret, fallback }: CompiledPlanOperation): boolean {
  // What it came to may be its fallback, which is nobody else's.
  if (
    operationType.readOnly === undefined ||
    operationType.coordinates === true ||
    given.type !== 'decoded' ||
    secret ||
    fallback !== undefined
  )
    return false
  // Decoded by the type's own codec.
  return operationType.readOnly(given.params as Foreseen<unknown>)
}

/** The same text for equal reads. */
function readKey({ name, place, given }: CompiledPlanOperation): string {
  // Other machines have other files.
  return `${place ?? ''} ${name} ${given.type === 'decoded' ? JSON.stringify(given.params, sorted) : ''}`
}

/** Fields in one order, however they were written. */
function sorted(_key: string, value: unknown): unknown {
  return isPlainObject(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value
}
