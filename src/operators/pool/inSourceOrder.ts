/** Holds results back until those of every earlier value are out. */
export interface ResultOrder<R> {
  next(index: number, result: R): void
  /** No more results come of this value. */
  done(index: number): void
}

/** Results as they come. */
export function asTheyCome<R>(give: (result: R) => void): ResultOrder<R> {
  return { next: (_index, result) => give(result), done: () => undefined }
}

/** Results in the order of the values they are of: those of the first that is not done pass, the others wait. */
export function inSourceOrder<R>(give: (result: R) => void): ResultOrder<R> {
  const held = new Map<number, R[]>()
  const over = new Set<number>()
  let first = 0
  return {
    next(index, result) {
      if (index === first) return give(result)
      const results = held.get(index) ?? []
      results.push(result)
      held.set(index, results)
    },
    done(index) {
      over.add(index)
      while (over.delete(first)) {
        first += 1
        const results = held.get(first) ?? []
        held.delete(first)
        for (const result of results) give(result)
      }
    },
  }
}
