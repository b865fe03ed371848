import { Command } from 'commander'
import { collectValues } from './flagValues.js'

/** What `run` and `plan` have in common: both read a plan and know where and what its operations may touch. */
export function planReader(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .argument('[plan]', 'a JSON or YAML file, or - for stdin (default: millrace.yaml, .yml or .json)')
    .option('--root <dir>', 'folder that file operations can use; repeatable (default: this folder)', collectValues)
    .option('--allow-program <name>', 'allow only this program to run; repeatable (default: any)', collectValues)
    .option('--allow-private-addresses', 'let HTTP operations reach this machine and private networks')
    .option('--set <name=value>', 'set an input of the plan to this value; repeatable', collectValues)
    .option('--only <ids...>', 'run only these operations and their dependencies')
    .option('--from <ids...>', 'run only these operations and their dependents')
    .option('--skip <ids...>', 'leave out these operations')
    .option('--no-color', 'no colours (like NO_COLOR=1)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
}
