/** A limit on how often something may start. */
export interface Rate {
  /** When the next may start, on the run's clock; not later than now when one may. */
  nextAt(): number
  /** One starts at this time. */
  spend(now: number): void
}

/**
 * A token bucket of `burst` tokens that gets `perSecond` new ones a second, kept as one number: the time at which it would be full
 * again (the virtual scheduling form of the generic cell rate algorithm, ITU-T I.371).
 */
export function rate(perSecond: number, burst: number): Rate {
  const interval = 1_000 / perSecond
  const tolerance = interval * (burst - 1)
  let fullAt = -Infinity
  return {
    nextAt: () => fullAt - tolerance,
    spend(now) {
      fullAt = Math.max(fullAt, now) + interval
    },
  }
}
