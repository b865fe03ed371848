/** An equal chance for each value offered to be among the few that are kept. */
export interface Reservoir {
  offer(value: number): void
  /** What is kept, in the order in which it was. All there was, up to the size. */
  samples(): readonly number[]
}

/** Enough for the interval of a median to be narrow; 4 KB. */
export const reservoirSize = 512

/**
 * Keeps a fair sample of numbers of which nobody knows how many will come: algorithm R (Waterman; Knuth, volume 2, 1981).
 *
 * Which ones follows from `random` alone.
 */
export function reservoir(random: () => number, size: number = reservoirSize): Reservoir {
  const kept: number[] = []
  let offered = 0
  return {
    offer(value) {
      offered++
      if (kept.length < size) {
        kept.push(value)
        return
      }
      const place = Math.floor(random() * offered)
      if (place < size) kept[place] = value
    },
    samples: () => kept.slice(),
  }
}
