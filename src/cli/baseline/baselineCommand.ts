import { Argument, Command } from 'commander'
import { wholeFromOne } from '../flags/flagValues.js'
import { lookingBack } from '../pastRuns/lookingBack.js'
import type { BaselineFlags } from './baseline.js'

/** `millrace baseline`, as it is written: runs kept under a name. */
export function baselineCommand(finish: (code: number) => void): Command {
  const baseline = new Command('baseline')
    .description('store runs under a name, to compare with later')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
  const act = async (action: 'set' | 'show' | 'clear', name: string | undefined, run: string, flags: BaselineFlags): Promise<void> => {
    const { baseline: command } = await import('../baseline/baseline.js')
    finish(await command(action, name, run, flags))
  }
  baseline.addCommand(
    lookingBack('set', 'store a run and the latest comparable ones before it under a name')
      .argument('<name>', 'letters, digits, "-", "_" and "."')
      .addArgument(new Argument('[run]', 'the last run to store').default('last'))
      .option('--runs <n>', 'the most runs to store; a comparison needs five', wholeFromOne, 5)
      .action((name: string, run: string, flags: BaselineFlags) => act('set', name, run, flags)),
  )
  baseline.addCommand(
    lookingBack('show', 'show a baseline, or all of them')
      .argument('[name]')
      .action((name: string | undefined, flags: BaselineFlags) => act('show', name, 'last', flags)),
  )
  baseline.addCommand(
    lookingBack('clear', 'delete a baseline')
      .argument('<name>')
      .action((name: string, flags: BaselineFlags) => act('clear', name, 'last', flags)),
  )
  return baseline
}
