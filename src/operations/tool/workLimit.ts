/** Lets at most so many pieces of work run at once; the others wait in the order in which they came. */
export interface WorkLimit {
  /** Waits for a turn; leaves the queue when the signal is aborted, by rejecting with its reason. */
  readonly take: <A>(signal: AbortSignal, work: () => Promise<A>) => Promise<A>
}

export function workLimit(most: number): WorkLimit {
  const waiting = new Set<() => void>()
  let free = most
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      if (free > 0) {
        free--
        return resolve()
      }
      const begin = (): void => {
        waiting.delete(begin)
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        waiting.delete(begin)
        reject(signal.reason as Error)
      }
      waiting.add(begin)
      signal.addEventListener('abort', leave, { once: true })
    })
  return {
    async take(signal, work) {
      await turn(signal)
      try {
        return await work()
      } finally {
        const [next] = waiting
        if (next === undefined) free++
        else next()
      }
    },
  }
}
