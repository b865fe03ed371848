/** A list of 32-bit integers that grows by doubling: a graph has more edges than objects are good for. */
export interface IntList {
  readonly length: number
  push(value: number): void
  at(position: number): number
  set(position: number, value: number): void
  /** The values so far, without a copy: of no use once the list has grown. */
  view(): Int32Array
}

export function intList(room = 16): IntList {
  let values = new Int32Array(room)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    at: (position) => values[position]!,
    set(position, value) {
      values[position] = value
    },
    view: () => values.subarray(0, length),
  }
}
