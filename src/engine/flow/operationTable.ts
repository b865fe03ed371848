import type { CompiledOperation } from '../../model/graph.js'

/** The operations of a run: those known before it, by their place in the plan, and those that come while it goes on. */
export interface OperationTable {
  /** How many were known before: their indexes are 0 … known - 1. */
  readonly known: number
  /** All that there have been. */
  readonly total: number
  task(index: number): CompiledOperation
  /** When it became ready, or its last attempt ended; NaN before. */
  readyAt(index: number): number
  setReadyAt(index: number, at: number): void
  /** Adds an operation at a place in submission order. Indexes of removed ones are used again. */
  add(task: CompiledOperation, order: number): number
  order(index: number): number
  /** Forgets an added operation that has ended. */
  remove(index: number): void
}

interface Added {
  readonly task: CompiledOperation
  readonly order: number
  readyAt: number
}

export function operationTable(tasks: readonly CompiledOperation[]): OperationTable {
  const known = tasks.length
  const knownReadyAt = new Float64Array(known).fill(NaN)
  const added: (Added | undefined)[] = []
  const vacant: number[] = []
  let total = known

  return {
    known,
    get total() {
      return total
    },
    task: (index) => (index < known ? tasks[index]! : added[index - known]!.task),
    readyAt: (index) => (index < known ? knownReadyAt[index]! : added[index - known]!.readyAt),
    setReadyAt(index, at) {
      if (index < known) knownReadyAt[index] = at
      else added[index - known]!.readyAt = at
    },
    add(task, order) {
      total++
      const entry: Added = { task, order, readyAt: NaN }
      const place = vacant.pop()
      if (place === undefined) return known + added.push(entry) - 1
      added[place] = entry
      return known + place
    },
    order: (index) => (index < known ? index : added[index - known]!.order),
    remove(index) {
      if (index < known) return
      added[index - known] = undefined
      vacant.push(index - known)
    },
  }
}
