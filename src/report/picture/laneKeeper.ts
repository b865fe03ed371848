/** Which slots are held, so that each attempt has lanes of its own for as long as it runs. */
export interface LaneKeeper {
  /** The lowest free lanes, as many as slots are taken. */
  take(weight: number): readonly number[]
  /** Takes exactly these, of an attempt that is known to hold them. */
  hold(lanes: readonly number[]): void
  free(lanes: readonly number[]): void
  /** The most lanes that were held at once. */
  readonly most: number
}

const none: readonly number[] = []

export function laneKeeper(): LaneKeeper {
  const taken: boolean[] = []
  // One list for all attempts of a lane: there may be a million.
  const single: (readonly number[])[] = []
  let lowest = 0

  const next = (): number => {
    while (taken[lowest] === true) lowest++
    taken[lowest] = true
    return lowest++
  }

  return {
    take(weight) {
      if (weight < 1) return none
      if (weight > 1) return Array.from({ length: weight }, next)
      const lane = next()
      return (single[lane] ??= [lane])
    },
    hold(lanes) {
      for (const lane of lanes) {
        while (taken.length <= lane) taken.push(false)
        taken[lane] = true
      }
    },
    free(lanes) {
      for (const lane of lanes) {
        taken[lane] = false
        if (lane < lowest) lowest = lane
      }
    },
    get most() {
      return taken.length
    },
  }
}
