/** How many attempts a worker performs at once. */
export interface WorkerSlots {
  /** Takes one; false when none is free. */
  take(): boolean
  give(): void
  /** Resolves when one is free. */
  free(): Promise<void>
  /** Resolves when all are. */
  idle(): Promise<void>
}

export function workerSlots(count: number): WorkerSlots {
  let taken = 0
  let waiting: { readonly until: () => boolean; readonly resolve: () => void }[] = []
  const when = (until: () => boolean): Promise<void> =>
    until() ? Promise.resolve() : new Promise((resolve) => waiting.push({ until, resolve }))
  return {
    take() {
      if (taken === count) return false
      taken++
      return true
    },
    give() {
      taken--
      const due = waiting.filter(({ until }) => until())
      waiting = waiting.filter((waiter) => !due.includes(waiter))
      for (const { resolve } of due) resolve()
    },
    free: () => when(() => taken < count),
    idle: () => when(() => taken === 0),
  }
}
