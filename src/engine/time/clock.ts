import { asyncScheduler, type SchedulerLike } from 'rxjs'

// Read once: both are getters, and the time is read three times an operation.
const clock = performance
const origin = clock.timeOrigin

/** The default scheduler: asynchronous timers, and epoch milliseconds from the monotonic clock, so that a clock jump changes nothing. */
export const systemScheduler: SchedulerLike = {
  now: () => origin + clock.now(),
  // The overloads of `schedule` differ only in whether the state may be left out.
  schedule: asyncScheduler.schedule.bind(asyncScheduler) as SchedulerLike['schedule'],
}

/** Reads a scheduler's time, never letting it go back: a caller's scheduler may follow a clock that was set. */
export function monotonic(scheduler: SchedulerLike): () => number {
  // As a field: a number with a fraction that a closure holds is a new object each time it changes.
  const latest = { at: -Infinity }
  return () => {
    const time = scheduler.now()
    return time > latest.at ? (latest.at = time) : latest.at
  }
}
