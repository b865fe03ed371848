import type { ProcessRunner } from '../runner.js'

type Preset = (args: readonly string[]) => Pick<ProcessRunner, 'command' | 'format'>

/** How known agent programs are started without a terminal, by their own documentation: the task comes on stdin. */
export const presets: Readonly<Record<'claude' | 'codex', Preset>> = {
  claude: (args) => ({ command: ['claude', '-p', '--output-format', 'stream-json', '--verbose', ...args], format: 'claude' }),
  // `-` says that the task is on stdin.
  codex: (args) => ({ command: ['codex', 'exec', '--json', ...args, '-'], format: 'codex' }),
}
