import { Argument, Command } from 'commander'

/** `millrace completion`, as it is written: the script is made from the whole of `program`. */
export function completionCommand(program: Command, finish: (code: number) => void): Command {
  return new Command('completion')
    .description('print a script that completes this command line in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  bash:  source <(millrace completion bash)
  zsh:   source <(millrace completion zsh)
  fish:  millrace completion fish | source`,
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completion } = await import('./completion.js')
      finish(completion(program, shell))
    })
}
