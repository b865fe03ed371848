// cli/trend: the command that shows where a metric went over the runs.
import { describeUnknownMetric, trendOf } from '../../monitor/history/trendOf.js'
import { exitCodes } from '../process/exitCodes.js'
import { openHistory, paintFor, type LookingBackFlags } from '../pastRuns/openHistory.js'
import { output } from '../process/output.js'
import { refuseUsage } from '../process/refuseUsage.js'
import { trendText } from './trendText.js'

export type TrendFlags = LookingBackFlags

/** `millrace trend`: where a metric went over the runs that are like the last one. Answers the exit code. */
export async function trend(metric: string, flags: TrendFlags): Promise<number> {
  const { entries } = await openHistory(flags)
  const found = trendOf(
    entries.map(({ run }) => run),
    metric,
  )
  if (found._tag === 'Left') return refuseUsage(describeUnknownMetric(found.left).replaceAll('\n', ' '))
  const out = output(process.stdout, () => undefined)
  await out.write(
    flags.json ? `${JSON.stringify(found.right)}\n` : `${trendText(found.right, paintFor(process.stdout, flags)).join('\n')}\n`,
  )
  await out.flush()
  return exitCodes.ok
}
