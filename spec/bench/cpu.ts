/** CPU time of this process so far, all its threads together: user and system, in ms. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Frees what nobody holds; the processes of the benchmark are started with `--expose-gc`. */
export function freeUnused(): void {
  if (globalThis.gc === undefined) throw new Error('Start this with --expose-gc.')
  // Twice: what the first finds only weakly held goes with the second.
  globalThis.gc()
  globalThis.gc()
}

/** Bytes held in the heap and in typed arrays. */
export function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
