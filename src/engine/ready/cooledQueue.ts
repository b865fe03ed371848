import type { Cooldowns } from './cooldowns.js'
import type { Demand, ReadyQueue } from './readyQueue.js'

/** A ready queue that passes over operations whose pool a server has closed: they are kept, with no slot, until it opens. */
export function cooledQueue(
  queue: ReadyQueue,
  cooldowns: Pick<Cooldowns, 'admits' | 'drop'>,
  operationAt: (index: number) => Demand,
): ReadyQueue {
  return {
    ...queue,
    take(forSlot) {
      for (;;) {
        const index = queue.take(forSlot)
        if (index === -1) return index
        const operation = operationAt(index)
        if (operation.weight === 0 || cooldowns.admits(index, operation)) return index
        queue.release(operation)
      }
    },
    drop: (indexes) => [...queue.drop(indexes), ...cooldowns.drop(indexes)],
    clear: () => [...queue.clear(), ...cooldowns.drop()].sort((a, b) => a - b),
  }
}
