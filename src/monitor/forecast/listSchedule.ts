/** What is left of a run: which operations wait for how many others, which are ready, and which run. */
export interface Remaining {
  readonly nodes: number
  readonly offsets: ArrayLike<number>
  readonly targets: ArrayLike<number>
  /** For each node, how many before it have not ended. */
  readonly waits: Int32Array
  /** Nodes from here on are joins: they take no time and no slot. */
  readonly operations: number
  /** In the order in which they start. */
  readonly ready: readonly number[]
  readonly running: readonly number[]
  readonly slots: number
}

/** When the last of them ends, if those that are ready start in their order whenever a slot is free. `msOf` is asked once for each. */
export function listSchedule(
  { offsets, targets, waits, operations, ready, running, slots }: Remaining,
  msOf: (node: number) => number,
): number {
  const left = waits.slice()
  const queue = [...ready]
  const ends: number[] = []
  const nodes: number[] = []
  let next = 0
  let last = 0

  const add = (node: number, end: number): void => {
    let place = ends.length
    ends.push(end)
    nodes.push(node)
    while (place > 0) {
      const above = (place - 1) >> 1
      if (ends[above]! <= end) break
      ends[place] = ends[above]!
      nodes[place] = nodes[above]!
      place = above
    }
    ends[place] = end
    nodes[place] = node
  }
  const take = (): number => {
    const first = nodes[0]!
    last = ends[0]!
    const end = ends.pop()!
    const node = nodes.pop()!
    const length = ends.length
    for (let place = 0; length > 0;) {
      let below = 2 * place + 1
      if (below + 1 < length && ends[below + 1]! < ends[below]!) below++
      if (below >= length || ends[below]! >= end) {
        ends[place] = end
        nodes[place] = node
        break
      }
      ends[place] = ends[below]!
      nodes[place] = nodes[below]!
      place = below
    }
    return first
  }
  const release = (node: number): void => {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (--left[target]! > 0) continue
      if (target >= operations) release(target)
      else queue.push(target)
    }
  }

  for (const node of running) add(node, msOf(node))
  for (;;) {
    while (next < queue.length && ends.length < slots) {
      const node = queue[next++]!
      add(node, last + msOf(node))
    }
    if (ends.length === 0) return last
    release(take())
  }
}
