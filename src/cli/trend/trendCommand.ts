import { Argument, type Command } from 'commander'
import { lookingBack } from '../pastRuns/lookingBack.js'
import type { TrendFlags } from './trend.js'

/** `millrace trend`, as it is written: where a metric went over the runs. */
export function trendCommand(finish: (code: number) => void): Command {
  return lookingBack('trend', 'show the trend of a metric over comparable runs')
    .addArgument(new Argument('[metric]', 'makespanMs, throughput, file.write.p95Ms, …').default('makespanMs'))
    .addHelpText(
      'after',
      `
Reports improving, declining or steady. A trend needs six runs, a change of 10 % and a confidence of 99 %. A step needs
ten runs and a change of 12 %, and the run at which it began is named. Failed runs are left out.

Examples:
  millrace trend
  millrace trend shell.run.p95Ms --json`,
    )
    .action(async (metric: string, flags: TrendFlags) => {
      const { trend } = await import('../trend/trend.js')
      finish(await trend(metric, flags))
    })
}
