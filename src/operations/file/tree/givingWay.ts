// operations/file/tree: folders with all they hold: copied, removed, measured
import { setImmediate as nextTurn } from 'node:timers/promises'

const sliceMs = 10

/**
 * A pause for work made of many short calls: it gives the event loop a turn every 10 ms, and throws when the work is aborted. Between
 * those it costs no turn: undefined is nothing to wait for.
 */
export function givingWay(signal?: AbortSignal): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    signal?.throwIfAborted()
    if (performance.now() - began < sliceMs) return undefined
    return nextTurn().then(() => {
      began = performance.now()
      signal?.throwIfAborted()
    })
  }
}
