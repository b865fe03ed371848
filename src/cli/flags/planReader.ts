import { Command } from 'commander'
import { collectValues } from './flagValues.js'

/** What `run` and `plan` have in common: both read a plan and know where and what its operations may touch. */
export function planReader(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .argument('[plan]', 'a JSON or YAML file, or - for stdin (default: millrace.yaml, .yml or .json)')
    .option('--root <dir>', 'folder that file operations may touch; again for more (default: this folder)', collectValues)
    .option('--allow-program <name>', 'allow only this program to be run; again for more (default: any)', collectValues)
    .option('--allow-private-addresses', 'let http reach this machine and private networks')
    .option('--set <name=value>', 'give an input of the plan this value; again for more', collectValues)
    .option('--only <ids...>', 'run only these operations, and what they need')
    .option('--from <ids...>', 'run only these operations, and what depends on them')
    .option('--skip <ids...>', 'leave these operations out')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
}
