import type { Command } from 'commander'
import { exitCodes } from '../process/exitCodes.js'
import { output } from '../process/output.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { run, type Series } from './run.js'
import type { RunFlags } from './runFlags.js'

/** `millrace run --repeat`: runs a plan so many times, one after another; the first that does not succeed ends it. Answers its exit code. */
export async function repeat(times: number, path: string | undefined, flags: RunFlags, command: Command): Promise<number> {
  if (path === '-' && times > 1) return refuseUsage('stdin can be read only once. Use a plan file with --repeat.')
  // It is compared with its baseline once there are runs enough.
  const { baseline: _baseline, failOn: _failOn, ...before } = flags
  const documents = oneDocument()
  let code: number = exitCodes.ok
  for (let count = 1; count <= times && code === exitCodes.ok; count++) {
    if (!flags.quiet) process.stderr.write(`Run ${count} of ${times}:\n`)
    const agreed = count > 1 && ({ yes: true } as const) // Asked before the first, which would have ended it.
    code = await run(path, { ...(count < times ? before : flags), ...agreed }, command, undefined, { count, lead: documents.lead })
  }
  const out = output(process.stdout, () => undefined)
  await out.write(documents.end())
  await out.flush()
  return code
}

/** The documents of `--json` as one: `{"runs":[…]}`. Of a command that was refused there is none. */
function oneDocument(): { readonly lead: Series['lead']; readonly end: () => string } {
  let begun = false
  return {
    lead() {
      if (begun) return ','
      begun = true
      return '{"runs":['
    },
    end: () => (begun ? ']}\n' : ''),
  }
}
