import type { Comparison } from '../../monitor/history/compareRuns.js'
import { fewestValues } from '../../monitor/statistics/change.js'
import { exitCodes } from '../process/exitCodes.js'

export type Verdict = Comparison['verdict']

/** The exit code of `--fail-on slower`. A gate that could not judge lets pass, and says so: else it would look like one that did. */
export function gate(verdict: Verdict | undefined): number {
  if (verdict === undefined) process.stderr.write('--fail-on slower was not applied: this run cannot be compared with its baseline.\n')
  else if (verdict === 'too-few')
    process.stderr.write(
      `--fail-on slower was not applied: it needs ${fewestValues} runs of the plan on each side ("millrace run --repeat ${fewestValues}" makes them).\n`,
    )
  return verdict === 'slower' ? exitCodes.regression : exitCodes.ok
}
