import { shellWord } from '../../model/fault/shellWord.js'

/** What other tools call our flags and commands, and what to say here. */
const flags: Readonly<Record<string, string>> = {
  '--concurrency N': '--parallel --parallelism --jobs --workers --threads --max-parallel --max-concurrency --limit -j -c -p',
  '--output stream': '--verbose --stream -v',
  '--quiet': '--silent -q -s',
  '--root DIR': '--cwd --dir --directory --workdir --working-directory --prefix -C -d',
  '--on-failure cancel': '--bail --fail-fast --kill-others -b -x',
  '--only ID': '--filter --include --tag --target -t',
  '--skip ID': '--exclude --ignore',
  '--set NAME=VALUE': '--input --var --arg --param --env -e -i',
  '--timeout MS': '--max-time --time-limit',
  '--no-color': '--no-colors --no-colour',
}
const commands: Readonly<Record<string, string>> = {
  'millrace run': 'start exec execute apply up build',
  'millrace plan': 'check validate lint graph dry-run explain',
  'millrace show': 'log logs inspect describe view last',
  'millrace history': 'ls list runs status ps',
  'millrace init': 'new create',
  'millrace mcp': 'serve server',
  'millrace --version': 'version',
}

/** An error of the command line, with what to say in its place when the word is that of another tool. */
export function withHint(error: string): string {
  const [, what, word] = /^error: unknown (option|command) '(.+)'\s*$/s.exec(error) ?? []
  if (what === undefined || word === undefined) return error
  const hint = what === 'option' ? flagHint(word) : commandHint(word)
  return hint === undefined ? error : `${error.trimEnd()}\n${hint}\n`
}

function flagHint(word: string): string | undefined {
  const [name] = word.split('=')
  if (name === '--dry-run' || name === '-n') return '"millrace plan" checks a plan and shows its order; nothing runs.'
  if (name === '--file' || name === '-f') return 'Name the plan by its path alone: "millrace run plan.yaml".'
  const here = wordFor(name!, flags)
  return here && `Use ${here}.`
}

function commandHint(word: string): string | undefined {
  if (/\.(ya?ml|json)$/.test(word)) return `To run a plan: "millrace run ${shellWord(word)}".`
  const here = wordFor(word, commands)
  return here && `Use "${here}".`
}

function wordFor(word: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.keys(words).find((here) => words[here]!.split(' ').includes(word))
}
