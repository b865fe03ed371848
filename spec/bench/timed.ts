import { cpuMs, freeUnused } from './cpu.js'
import type { Sample } from './sample.js'

/** Times one piece of work, after what was made before it has been cleared away. */
export async function timed(work: () => unknown): Promise<Pick<Sample, 'cpuMs' | 'wallMs' | 'peakMb'>> {
  freeUnused()
  const [cpuBefore, wallBefore] = [cpuMs(), performance.now()]
  await work()
  const [cpu, wall] = [cpuMs() - cpuBefore, performance.now() - wallBefore]
  return { cpuMs: cpu, wallMs: wall, peakMb: process.resourceUsage().maxRSS / 1_024 }
}
