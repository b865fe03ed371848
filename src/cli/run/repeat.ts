import type { Command } from 'commander'
import { exitCodes } from '../process/exitCodes.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { run } from './run.js'
import type { RunFlags } from './runFlags.js'

/** `millrace run --repeat`: runs a plan so many times, one after another; the first that does not succeed ends it. Answers its exit code. */
export async function repeat(times: number, path: string | undefined, flags: RunFlags, command: Command): Promise<number> {
  if (path === '-') return refuseUsage('a plan from stdin can be read only once. Give --repeat a file.')
  // It is compared with its baseline once there are runs enough.
  const { baseline: _baseline, failOn: _failOn, ...before } = flags
  for (let round = 1; round < times; round++) {
    tell(flags, round, times)
    const code = await run(path, before, command)
    if (code !== exitCodes.ok) return code
  }
  tell(flags, times, times)
  return run(path, flags, command, undefined, times)
}

function tell({ quiet }: RunFlags, round: number, times: number): void {
  if (!quiet) process.stderr.write(`Run ${round} of ${times}:\n`)
}
