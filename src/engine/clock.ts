import { asyncScheduler, type SchedulerLike } from 'rxjs'

/** The default scheduler: asynchronous timers, and epoch milliseconds from the monotonic clock, so that a clock jump changes nothing. */
export const systemScheduler: SchedulerLike = {
  now: () => performance.timeOrigin + performance.now(),
  // The overloads of `schedule` differ only in whether the state may be left out.
  schedule: asyncScheduler.schedule.bind(asyncScheduler) as SchedulerLike['schedule'],
}

/** Reads a scheduler's time, never letting it go back: a caller's scheduler may follow a clock that was set. */
export function monotonic(scheduler: SchedulerLike): () => number {
  let latest = -Infinity
  return () => {
    const time = scheduler.now()
    return time > latest ? (latest = time) : latest
  }
}
