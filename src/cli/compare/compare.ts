// cli/compare: the command that compares two runs, and its gate.
import { compareRuns } from '../../monitor/history/compareRuns.js'
import { describeDifference } from '../../monitor/history/comparable.js'
import type { Command } from 'commander'
import { confirm, type ConfirmFlags } from './confirm/confirm.js'
import { confirmedVerdict } from './confirm/confirmed.js'
import { confirmationText } from './confirm/confirmationText.js'
import { comparisonText } from '../comparison/comparisonText.js'
import { gate } from '../comparison/gate.js'
import { sideOf, type Side } from '../comparison/side.js'
import { exitCodes } from '../process/exitCodes.js'
import { openHistory, paintFor, type LookingBackFlags } from '../pastRuns/openHistory.js'
import { output } from '../process/output.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { count } from '../../terminal/text/count.js'
import { visible } from '../../terminal/text/visible.js'

export interface CompareFlags extends LookingBackFlags, ConfirmFlags {
  readonly runs?: number
  readonly failOn?: 'slower'
}

/** `millrace compare`: what became slower or faster. Answers the exit code: 3 when that is what it was told to fail on. */
export async function compare(beforeName: string, afterName: string, flags: CompareFlags, command: Command): Promise<number> {
  const { root = '.', runs, json } = flags
  const alone = withoutConfirm(flags)
  if (alone !== undefined) return refuseUsage(alone)
  const { entries } = await openHistory(flags)
  const before = await sideOf(beforeName, root, entries, runs)
  if (before._tag === 'Left') return refuseUsage(before.left)
  const after = await sideOf(afterName, root, entries, runs, before.right.runs)
  if (after._tag === 'Left') return refuseUsage(after.left)

  const sides = { before: idsOf(before.right), after: idsOf(after.right) }
  const compared = compareRuns(before.right.runs, after.right.runs)
  const out = output(process.stdout, () => undefined)
  const write = async (document: object, lines: readonly string[]): Promise<void> => {
    await out.write(json ? `${JSON.stringify({ ...sides, ...document })}\n` : `${lines.join('\n')}\n`)
    await out.flush()
  }
  if (compared._tag === 'Left') {
    const texts = compared.left.map(describeDifference)
    if (json) await write({ differences: compared.left }, [])
    process.stderr.write(
      `error: ${visible(beforeName)} and ${visible(afterName)} cannot be compared.\n${texts.map((text) => `  ${visible(text)}\n`).join('')}`,
    )
    return exitCodes.usage
  }
  const paint = paintFor(process.stdout, flags)
  const heading = `${sideText(before.right)}, then ${sideText(after.right)}:`
  if (!flags.confirm || compared.right.verdict !== 'slower') {
    await write(compared.right, [heading, ...comparisonText(compared.right, paint)])
    return flags.failOn === undefined ? exitCodes.ok : gate(compared.right.verdict)
  }
  const confirmed = await confirm(compared.right, before.right.runs, after.right.runs, root, flags, command)
  if (confirmed._tag === 'Left') return confirmed.left
  const confirmation = confirmed.right
  const verdict = confirmedVerdict(confirmation)
  await write({ ...compared.right, suspected: compared.right.verdict, verdict, confirmation }, [
    heading,
    ...comparisonText(compared.right, paint, 'suspected'),
    ...confirmationText(confirmation, paint),
  ])
  return flags.failOn === undefined ? exitCodes.ok : gate(verdict)
}

function withoutConfirm({ confirm: confirms, old, oldRoot, yes, set }: ConfirmFlags): string | undefined {
  if (confirms) return undefined
  const [flag] =
    Object.entries({ '--old': old, '--old-root': oldRoot, '--yes': yes, '--set': set }).find(([, given]) => given !== undefined) ?? []
  return flag === undefined ? undefined : `${flag} says how the suspects are run again. Give --confirm as well.`
}

function idsOf({ name, runs }: Side): object {
  return { name, runs: runs.map(({ runId }) => runId) }
}

function sideText({ name, runs }: Side): string {
  return runs.length === 1 ? visible(name) : `${visible(name)} (${count(runs.length, 'run')})`
}
