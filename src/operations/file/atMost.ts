/** Lets so many pieces of work run at once, and the others wait for their turn in order. */
export function atMost(limit: number): <A>(work: () => Promise<A>) => Promise<A> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running < limit) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      // A place given up is given on, so that no newcomer takes it in between.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
