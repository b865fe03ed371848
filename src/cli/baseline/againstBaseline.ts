import { baselineNames, readBaseline, type Baseline } from '../../journal/history/baselines.js'
import { describeDifference } from '../../monitor/history/comparable.js'
import { compareRuns } from '../../monitor/history/compareRuns.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import type { Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'
import { comparisonText } from '../comparison/comparisonText.js'
import type { Verdict } from '../comparison/gate.js'

/** The flags by which `millrace run` compares its run with a baseline. */
export interface BaselineRunFlags {
  readonly baseline?: string
  readonly failOn?: 'slower'
  readonly log?: boolean
}

/** A baseline to compare a run with, once it has finished. */
export interface NamedBaseline {
  readonly name: string
  readonly runs: Baseline['runs']
}

/** What a run came to beside a baseline. */
export interface AgainstBaseline {
  readonly lines: readonly string[]
  readonly document: object
  /** Undefined when the two cannot be compared. */
  readonly verdict: Verdict | undefined
}

/** The baseline that is asked for; undefined for none, a text when the flags cannot be followed: said before anything runs. */
export async function baselineFor(
  root: string,
  { baseline: name, failOn, log }: BaselineRunFlags,
): Promise<NamedBaseline | string | undefined> {
  if (name === undefined)
    return failOn === undefined
      ? undefined
      : '--fail-on needs --baseline, which names the runs to compare with. "millrace baseline set" stores some.'
  if (log === false) return '--baseline compares event logs, and --no-log writes none. Leave out one of them.'
  const found = await readBaseline(root, name)
  if (found !== undefined) return { name, runs: found.runs }
  const names = await baselineNames(root)
  return `no baseline is called "${name}". ${names.length === 0 ? 'There are none: "millrace baseline set" makes one.' : `There are: ${names.join(', ')}.`}`
}

/** `later`: the run, and the latest like it before it. */
export function againstBaseline({ name, runs }: NamedBaseline, later: readonly RunRecord[], paint: Paint): AgainstBaseline {
  const compared = compareRuns(runs, later)
  if (compared._tag === 'Left') {
    const differences = compared.left.map((difference) => `  ${visible(describeDifference(difference))}`)
    return {
      lines: [`This run cannot be compared with ${name}.`, ...differences],
      document: { differences: compared.left },
      verdict: undefined,
    }
  }
  const lines = [`Compared with ${name}:`, ...comparisonText(compared.right, paint).map((line) => `  ${line}`)]
  return { lines, document: compared.right, verdict: compared.right.verdict }
}
