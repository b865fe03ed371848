interface Mark {
  readonly at: number
  readonly attempts: number
  readonly retries: number
}

/** Counts of attempts at each sample, kept as far back as a rule looks. */
export interface RecentStarts {
  mark(at: number, attempts: number, retries: number): void
  /** Started since the last sample at or before a time. */
  since(time: number): { readonly attempts: number; readonly retries: number }
}

export function recentStarts(reachMs: number): RecentStarts {
  const marks: Mark[] = []
  return {
    mark(at, attempts, retries) {
      marks.push({ at, attempts, retries })
      // One mark at or before the reach has to stay: it is what counts are taken from.
      while (marks.length > 1 && marks[1]!.at <= at - reachMs) marks.shift()
    },
    since(time) {
      const latest = marks.at(-1)!
      const from = marks.findLast((mark) => mark.at <= time) ?? { attempts: 0, retries: 0 }
      return { attempts: latest.attempts - from.attempts, retries: latest.retries - from.retries }
    },
  }
}
