import type { Command } from 'commander'
import { exitCodes } from '../process/exitCodes.js'

/** Only the plan itself is read from stdin, where nothing else could follow it. */
export function notFromStdin(flag: string): string {
  return `${flag} is read from a file: - (stdin) is only for the plan of "run" and "plan". Name a file, or write ./- for one called -.`
}

/** Adds `--config FILE`: the action is given what is in the file. One that cannot be used ends the command before it begins. */
export function withConfigFlag(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'JSON file with agents (what each can do, and what runs its tasks) and mcpServers (servers with tools for plans)',
    )
    .hook('preAction', async (_, acting) => {
      const { config: file } = acting.opts<{ readonly config?: string }>()
      if (file === undefined) return
      if (file === '-') acting.error(`error: ${notFromStdin('--config')}`, { exitCode: exitCodes.usage })
      const { readConfigFile } = await import('../../operations/config/readConfigFile.js')
      const read = await readConfigFile(file)
      if (read._tag === 'Left') acting.error(`error: ${read.left}`, { exitCode: exitCodes.usage })
      else acting.setOptionValue('config', read.right)
    })
}
