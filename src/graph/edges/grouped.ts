/** Positions of a list grouped by key: those of key `k` are `positions[offsets[k]] … positions[offsets[k + 1] - 1]`, in order. */
export interface Grouped {
  readonly offsets: Int32Array
  readonly positions: Int32Array
}

/** A stable counting sort: linear, and no object for a group. */
export function grouped(keys: Int32Array, groups: number): Grouped {
  const offsets = new Int32Array(groups + 1)
  for (const key of keys) offsets[key + 1]!++
  for (let group = 0; group < groups; group++) offsets[group + 1]! += offsets[group]!
  const next = offsets.slice()
  const positions = new Int32Array(keys.length)
  keys.forEach((key, position) => {
    positions[next[key]!++] = position
  })
  return { offsets, positions }
}
