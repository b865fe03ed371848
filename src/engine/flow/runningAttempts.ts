import type { Attempt } from '../attempts/attempt.js'

/** The attempts that hold a slot now. */
export interface RunningAttempts {
  add(attempt: Attempt): void
  remove(attempt: Attempt): void
  /** A copy: stopping one may end others. */
  all(): readonly Attempt[]
  /** Those of these operations whose bodies were not given up. */
  of(indexes: ReadonlySet<number>): readonly Attempt[]
}

/** Kept without gaps in a list, where the last takes the place of the one that leaves: a set would cost more than it is worth here. */
export function runningAttempts(): RunningAttempts {
  const attempts: Attempt[] = []
  return {
    add(attempt) {
      attempt.place = attempts.push(attempt) - 1
    },
    remove(attempt) {
      const last = attempts.pop()!
      if (last === attempt) return
      attempts[attempt.place] = last
      last.place = attempt.place
    },
    all: () => [...attempts],
    // The index of an operation whose body was given up may be another's by now.
    of: (indexes) => attempts.filter((attempt) => indexes.has(attempt.index) && !attempt.detached),
  }
}
