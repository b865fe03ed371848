/** Those who wait until a signal is aborted, or for something else that comes first. */
export interface Waiters {
  /** Already aborted: nobody may begin to wait. */
  readonly aborted: boolean
  readonly add: (leave: () => void) => void
  readonly remove: (leave: () => void) => void
}

/** One listener for all of them: a signal walks through all it has whenever one is added. */
export function waiters(signal: AbortSignal): Waiters {
  const waiting = new Set<() => void>()
  let listening = false
  const leaveAll = (): void => {
    for (const leave of [...waiting]) leave()
  }
  return {
    get aborted() {
      return signal.aborted
    },
    add(leave) {
      waiting.add(leave)
      if (!listening) signal.addEventListener('abort', leaveAll, { once: true })
      listening = true
    },
    remove: (leave) => void waiting.delete(leave),
  }
}
