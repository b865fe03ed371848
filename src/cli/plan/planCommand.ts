import type { Command } from 'commander'
import { withConfigFlag } from '../flags/configFlag.js'
import type { PlanFlags } from './plan.js'
import { planReader } from '../flags/planReader.js'

/** `millrace plan`, as it is written. */
export function planCommand(finish: (code: number) => void): Command {
  return withConfigFlag(planReader('plan', 'check a plan and show its order, without running anything'))
    .option('--all', 'show every operation and edge of a large plan')
    .option('--json', 'write the result to stdout as one JSON document')
    .addHelpText(
      'after',
      `
Shows what each operation waits for and why, which operations run in no particular order, the longest chain,
and what a rollback could not undo.

Examples:
  millrace plan plan.yaml
  millrace plan plan.yaml --json | jq '.operations[] | {id, waitsFor}'
  generate-plan | millrace plan - && echo fine

Exit codes: 0 the plan is valid, 2 it is not; every problem is listed on stderr.`,
    )
    .action(async (path: string | undefined, flags: PlanFlags) => {
      const { plan } = await import('./plan.js')
      finish(await plan(path, flags))
    })
}
