/**
 * Turns of this process: one at a time for each key, in the order they were asked for.
 *
 * Before anything is asked of other processes: operations of one run that change one file would else wait for each other by polling.
 */
const waiting = new Map<string, (() => void)[]>()

/** Waits for the turn of a key. Rejects with the reason of the signal when that is aborted first. */
export async function takeTurn(key: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  const queue = waiting.get(key)
  if (queue === undefined) {
    waiting.set(key, [])
    return
  }
  await new Promise<void>((resolve, reject) => {
    const leave = (): void => {
      queue.splice(queue.indexOf(enter), 1)
      reject(signal?.reason as Error)
    }
    const enter = (): void => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }
    queue.push(enter)
    signal?.addEventListener('abort', leave, { once: true })
  })
}

/** Gives the turn to whoever waits longest. */
export function passTurn(key: string): void {
  const next = waiting.get(key)?.shift()
  if (next === undefined) waiting.delete(key)
  else next()
}
