import type { SchedulerLike, Subscription } from 'rxjs'

/** Keeps a run that never has to wait from shutting out the timers, the signals and the frames of its program. */
export interface TimeSlice {
  /** Whether the run has gone on for long enough without letting anything else happen: it is woken when that has. */
  isOver(): boolean
  clear(): void
}

/** Long enough to be worth a timer, short enough for a frame of an app. */
const lengthMs = 10
/** Asking for the time costs as much as a small operation: it is asked once in so many turns. */
const turns = 256

/**
 * A timer is set when a run has been busy for a while. It can fire only when the event loop gets its turn, which a chain of microtasks
 * prevents as well as a plain loop: while it has not, time counts.
 */
export function timeSlice(now: () => number, scheduler: SchedulerLike, wake: () => void): TimeSlice {
  let timer: Subscription | undefined
  let began = 0
  let turn = 0
  let over = false
  const clear = (): void => {
    timer?.unsubscribe()
    timer = undefined
    over = false
  }
  return {
    isOver() {
      if (over) return true
      turn = (turn + 1) % turns
      if (turn !== 0) return false
      if (timer === undefined) {
        began = now()
        timer = scheduler.schedule(() => {
          const wasOver = over
          clear()
          if (wasOver) wake()
        }, 0)
      } else over = now() - began > lengthMs
      return over
    },
    clear,
  }
}
