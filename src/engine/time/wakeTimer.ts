import type { SchedulerLike, Subscription } from 'rxjs'

/** Wakes a run at the earliest time that was asked for. */
export interface WakeTimer {
  set(inMs: number): void
  clear(): void
}

export function wakeTimer(scheduler: SchedulerLike, wake: () => void): WakeTimer {
  let timer: Subscription | undefined
  let dueAt = Infinity
  const clear = (): void => {
    timer?.unsubscribe()
    timer = undefined
    dueAt = Infinity
  }
  return {
    set(inMs) {
      const at = scheduler.now() + inMs
      if (at >= dueAt) return
      clear()
      dueAt = at
      // A timer counts whole ms and cuts off the rest: rounded up, it never comes too early to be of use.
      timer = scheduler.schedule(() => {
        clear()
        wake()
      }, Math.ceil(inMs))
    },
    clear,
  }
}
