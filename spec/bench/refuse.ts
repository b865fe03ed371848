import type { Sample } from './sample.js'

/** Timers and the clock of the bound are read a moment apart. */
const clockSlackMs = 0.5

/**
 * Why a sample cannot be true, or is of other work than was asked for: nothing is compared with it then.
 *
 * A schedule below max(critical path, work ÷ concurrency) of its own bodies is impossible under the limit, and so is more CPU time
 * than all CPUs had. `cpus` is how many the machine has.
 */
export function refusals(sample: Sample, cpus: number): readonly string[] {
  const { problems, schedule, cpuMs, wallMs } = sample
  return [
    ...problems,
    ...(schedule !== undefined && schedule.makespanMs < schedule.boundMs - clockSlackMs
      ? [`it took ${ms(schedule.makespanMs)}, and no schedule takes less than ${ms(schedule.boundMs)}`]
      : []),
    ...(cpuMs > 0 ? [] : [`its CPU time is ${ms(cpuMs)}`]),
    // The system counts CPU time in ticks of up to 10 ms a thread.
    ...(cpuMs > cpus * (wallMs + 10) ? [`${ms(cpuMs)} of CPU time in ${ms(wallMs)} on ${cpus} CPUs`] : []),
  ]
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`
}
