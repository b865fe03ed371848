/** So many windows are merged in pairs: a series has 24 to 48 of them, however many values there were. */
const most = 48
/** The series is looked at each time so many windows have been closed: more often as long as a window is a single value. */
const between = 8
const betweenSingle = 4

/**
 * The values of a run in their order, as means of windows of as many values each. Whoever counts the values closes a window when it is
 * full, so that a single value costs a comparison.
 */
export class Windows {
  /** The mean of each closed window, and when its last value came. */
  readonly means: number[] = []
  readonly ends: number[] = []
  /** Values a window. */
  size = 1
  /** When the first window began. */
  from: number
  #closed = 0

  constructor(at: number) {
    this.from = at
  }

  /** Whether so many windows have been closed that it is time to look at the series. */
  close(mean: number, at: number): boolean {
    this.means.push(mean)
    this.ends.push(at)
    return ++this.#closed % (this.size === 1 ? betweenSingle : between) === 0
  }

  /** Merges windows in pairs when the limit is reached. Call it after each look. */
  settle(): void {
    const { means, ends } = this
    if (means.length < most) return
    if (means.length % 2 === 1) this.dropBefore(1)
    const half = means.length >> 1
    for (let pair = 0; pair < half; pair++) {
      means[pair] = (means[2 * pair]! + means[2 * pair + 1]!) / 2
      ends[pair] = ends[2 * pair + 1]!
    }
    means.length = ends.length = half
    this.size *= 2
  }

  /** Forgets the windows before one. */
  dropBefore(window: number): void {
    if (window === 0) return
    this.from = this.ends[window - 1]!
    this.means.splice(0, window)
    this.ends.splice(0, window)
  }
}
