const none = new Int32Array(0)
const leastRoom = 16

/**
 * A list of 32-bit integers that grows by doubling: a graph has more edges than objects are good for. It takes room with its first
 * value, since most lists of a small plan stay empty.
 */
export class IntList {
  length = 0
  private values = none

  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Int32Array(Math.max(leastRoom, this.values.length * 2))
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.length++] = value
  }

  at(position: number): number {
    return this.values[position]!
  }

  set(position: number, value: number): void {
    this.values[position] = value
  }

  /** The values so far, without a copy: of no use once the list has grown. */
  view(): Int32Array {
    return this.length === 0 ? none : this.values.subarray(0, this.length)
  }
}
