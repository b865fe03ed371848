import { Command } from 'commander'
import type { InitFlags } from './init.js'

/** `millrace init`, as it is written. */
export function initCommand(finish: (code: number) => void): Command {
  return new Command('init')
    .description('make a new project: its folders, package.json, README and a first test')
    .argument('<name>', 'the name of the project; its folder is derived from it')
    .option('--root <dir>', 'the folder to make it in (default: this folder)')
    .option('--template <name>', 'node, typescript, none, or a folder whose files are copied (default: node)')
    .option('--dry-run', 'only show what would be made')
    .option('--json', 'write what was made to stdout as one JSON document')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
Existing files are never overwritten; they are listed as kept.

Examples:
  millrace init app
  millrace init app --template typescript
  millrace init app --dry-run

Exit codes: 0 made, 1 something could not be made.`,
    )
    .action(async (name: string, flags: InitFlags) => {
      const { init } = await import('./init.js')
      finish(await init(name, flags))
    })
}
