import type { CompiledPlan } from '../../model/graph.js'
import { waitingLine } from './line.js'
import { openBatch, type ServedBatch, type BatchRequest, type Keeper } from './batch.js'

/** How long the batches of a server that ends may clean up, in ms. */
const closingMs = 1_500

/** How long a batch that was left running may go unasked for before it is cancelled, in ms. */
export const unaskedLimitMs = 10 * 60_000

/** Finished batches whose values are still at hand. */
const heldFinished = 32

/** The batches of one server: those running, and the latest that have finished. */
export interface Batches {
  readonly start: (request: BatchRequest, compiled: CompiledPlan, keeper: Keeper) => ServedBatch
  readonly find: (id: string) => ServedBatch | undefined
  readonly running: () => number
  /** Nobody waits for it now: it is cancelled unless someone asks for it in time. */
  readonly leave: (batch: ServedBatch) => void
  /** Someone waits for it, or has asked for it. */
  readonly take: (batch: ServedBatch) => void
  /** Cancels every batch and waits until all have finished. */
  readonly close: (reason: string) => Promise<void>
}

export function batches(most: number, unaskedMs = unaskedLimitMs): Batches {
  const turn = waitingLine(most)
  const known = new Map<string, ServedBatch>()
  const unasked = new Map<string, NodeJS.Timeout>()

  const forgetOldest = (): void => {
    const finished = [...known.values()].filter(({ summary }) => summary !== undefined)
    for (const { id } of finished.slice(0, Math.max(0, finished.length - heldFinished))) known.delete(id)
  }
  const take = ({ id }: ServedBatch): void => {
    clearTimeout(unasked.get(id))
    unasked.delete(id)
  }
  const running = (): readonly ServedBatch[] => [...known.values()].filter(({ summary }) => summary === undefined)

  return {
    start(request, compiled, keeper) {
      const batch = openBatch(request, compiled, keeper, turn())
      known.set(batch.id, batch)
      const ended = (): void => {
        take(batch)
        // Last in the order of the map is the last to be forgotten.
        known.delete(batch.id)
        known.set(batch.id, batch)
        forgetOldest()
      }
      batch.done.then(ended, () => known.delete(batch.id))
      return batch
    },
    find: (id) => known.get(id),
    running: () => running().length,
    leave(batch) {
      take(batch)
      if (batch.summary !== undefined) return
      const minutes = unaskedMs / 60_000
      const timer = setTimeout(() => batch.cancel(`no call asked for it for ${minutes} minutes`), unaskedMs)
      // What is left to itself must not keep a process alive that has nothing else to do.
      unasked.set(batch.id, timer.unref())
    },
    take,
    async close(reason) {
      const open = running()
      for (const batch of open) {
        take(batch)
        batch.cancel(reason)
      }
      // Whoever started the server wants it gone: what cleans up gets a moment, not half a minute.
      const timer = setTimeout(() => open.forEach((batch) => batch.endCleanUp()), closingMs)
      await Promise.allSettled(open.map(({ done }) => done))
      clearTimeout(timer)
    },
  }
}
