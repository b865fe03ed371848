// engine/operations: the operations of a run, and where each stands.
import type { CompiledOperation } from '../../model/graph.js'

/** The operations of a run: those known before it, by their place in the plan, and those that come while it goes on. */
export interface OperationTable {
  /** How many were known before: their indexes are 0 … known - 1. */
  readonly known: number
  /** All that there have been. */
  total(): number
  /** How many have not ended. */
  unfinished(): number
  get(index: number): CompiledOperation
  /** When it became ready, or its last attempt ended; NaN before. */
  readyAt(index: number): number
  setReadyAt(index: number, at: number): void
  /** Adds an operation at a place in submission order. Indexes of removed ones are used again. */
  add(operation: CompiledOperation, order: number): number
  order(index: number): number
  /** One more has ended. */
  ended(): void
  /** Forgets an added operation that has ended. */
  remove(index: number): void
}

interface Added {
  readonly operation: CompiledOperation
  readonly order: number
  readyAt: number
}

export function operationTable(operations: readonly CompiledOperation[]): OperationTable {
  const known = operations.length
  const knownReadyAt = new Float64Array(known).fill(NaN)
  const added: (Added | undefined)[] = []
  const vacant: number[] = []
  let total = known
  let ended = 0

  return {
    known,
    total: () => total,
    unfinished: () => total - ended,
    get: (index) => (index < known ? operations[index]! : added[index - known]!.operation),
    readyAt: (index) => (index < known ? knownReadyAt[index]! : added[index - known]!.readyAt),
    setReadyAt(index, at) {
      if (index < known) knownReadyAt[index] = at
      else added[index - known]!.readyAt = at
    },
    add(operation, order) {
      total++
      const entry: Added = { operation, order, readyAt: NaN }
      const place = vacant.pop()
      if (place === undefined) return known + added.push(entry) - 1
      added[place] = entry
      return known + place
    },
    order: (index) => (index < known ? index : added[index - known]!.order),
    ended: () => void ended++,
    remove(index) {
      if (index < known) return
      added[index - known] = undefined
      vacant.push(index - known)
    },
  }
}
