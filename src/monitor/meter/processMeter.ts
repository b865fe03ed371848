import type { ProcessMetrics } from '../../model/metrics/metrics.js'

/** What a process uses at this moment. In Node: `{ memoryBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 }`. */
export interface ProcessReading {
  readonly memoryBytes: number
  /** CPU time of the whole process since any fixed moment. */
  readonly cpuMs: number
}

/** Reads a process once now, and again at each sample of a run that starts now. */
export function processMeter(read: () => ProcessReading): (elapsedMs: number) => ProcessMetrics {
  const first = read()
  let peakMemoryBytes = first.memoryBytes
  return (elapsedMs) => {
    const { memoryBytes, cpuMs: total } = read()
    peakMemoryBytes = Math.max(peakMemoryBytes, memoryBytes)
    const cpuMs = total - first.cpuMs
    return { memoryBytes, peakMemoryBytes, cpuMs, cpuShare: elapsedMs > 0 ? cpuMs / elapsedMs : 0 }
  }
}
