const leastBeginning = 4

/** The known name that differs least from the one given, if it is near enough to be a slip, or the only one that begins with it. */
export function nearest(given: string, known: Iterable<string>): string | undefined {
  const names = [...known]
  const most = Math.max(1, Math.floor(given.length / 3))
  let best: string | undefined
  let least = most + 1
  for (const name of names) {
    if (Math.abs(name.length - given.length) >= least) continue
    const distance = slips(given.toLowerCase(), name.toLowerCase())
    if (distance < least) [best, least] = [name, distance]
  }
  return best ?? onlyLonger(given.toLowerCase(), names)
}

// What was left out is the end: `delay` for `delayMs`.
function onlyLonger(given: string, names: readonly string[]): string | undefined {
  if (given.length < leastBeginning) return undefined
  const longer = names.filter((name) => name.toLowerCase().startsWith(given))
  return longer.length === 1 ? longer[0] : undefined
}

/** Letters added, left out, replaced or swapped with their neighbour: the optimal string alignment distance (Damerau, 1964). */
function slips(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, before[column - 2]! + 1)
      current.push(cost)
    }
    before = above
    above = current
  }
  return above[b.length]!
}
