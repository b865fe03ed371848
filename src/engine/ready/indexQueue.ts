/** A queue of whole numbers that gives the smallest first. */
export interface IndexQueue {
  readonly size: number
  add(index: number): void
  /** The smallest, left in place; -1 when empty. */
  peek(): number
  /** Removes and gives the smallest; -1 when empty. */
  take(): number
}

/**
 * A queue of numbers below a bound as a tree of bits, 32 to a node: adding and taking touch one word a level (four for a million),
 * where a heap of numbers moves twenty. It holds 33/32 bits per possible number and allocates nothing after its start.
 */
export function indexQueue(bound: number): IndexQueue {
  const levels: Int32Array[] = []
  let words = Math.max(1, bound)
  do {
    words = (words + 31) >>> 5
    levels.push(new Int32Array(words))
  } while (words > 1)
  const top = levels.length - 1
  let size = 0

  const smallest = (): number => {
    let index = 0
    for (let level = top; level >= 0; level--) {
      const word = levels[level]![index]!
      index = (index << 5) | (31 - Math.clz32(word & -word))
    }
    return index
  }

  return {
    get size() {
      return size
    },
    add(index) {
      size++
      for (let level = 0; level <= top; level++) {
        const bits = levels[level]!
        const word = index >>> 5
        const before = bits[word]!
        bits[word] = before | (1 << (index & 31))
        if (before !== 0) return // Its parents know of this word already.
        index = word
      }
    },
    peek: () => (size === 0 ? -1 : smallest()),
    take() {
      if (size === 0) return -1
      const taken = smallest()
      size--
      let index = taken
      for (let level = 0; level <= top; level++) {
        const bits = levels[level]!
        const word = index >>> 5
        if ((bits[word]! &= ~(1 << (index & 31))) !== 0) break
        index = word
      }
      return taken
    },
  }
}
