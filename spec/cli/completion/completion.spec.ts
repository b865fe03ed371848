import { Argument, Command, Option } from 'commander'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { completionScript } from '../../../src/cli/completion/completion.js'
import { millrace } from '../../../src/cli/program.js'

const test = suite('completion')

/** What bash offers for the last of the words. */
function offered(script: string, words: readonly string[], cwd: string): readonly string[] {
  const ask = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_millrace; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['--norc', '-c', ask], { cwd, encoding: 'utf8' }).split('\n').slice(0, -1)
}

test('in bash: commands, their flags, the choices of a flag, files and folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-completion-'))
  writeFileSync(join(folder, 'my plan.yaml'), '')
  mkdirSync(join(folder, 'my root'))
  const script = completionScript(
    millrace(() => undefined),
    'bash',
  )
  const ask = (...words: string[]): readonly string[] => offered(script, ['millrace', ...words], folder)
  assert.equal(ask('r'), ['run', 'resume', 'retry', 'report'])
  assert.equal(ask('run', '--con'), ['--config', '--concurrency'])
  assert.equal(ask('run', '--on-failure', 'c'), ['continue', 'cancel'])
  assert.equal(ask('run', 'my p'), ['my plan.yaml'])
  assert.equal(ask('run', '--root', 'my'), ['my root'])
  assert.equal(ask('run', '--concurrency', ''), [''])
  assert.equal(ask('completion', 'z'), ['zsh'])
  assert.equal(ask('help', 'p'), ['plan'])
  rmSync(folder, { recursive: true })
})

test('every visible command and flag is in every script', () => {
  const program = millrace(() => undefined)
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const script = completionScript(program, shell)
    for (const command of program.commands) {
      assert.ok(script.includes(command.name()), `${shell}: ${command.name()}`)
      for (const { long } of command.options)
        assert.ok(script.includes(shell === 'fish' ? `-l ${long!.slice(2)}` : long!), `${shell}: ${long}`)
    }
  }
})

const small = (): Command =>
  new Command('mill')
    .helpOption(false)
    .helpCommand(false)
    .addCommand(
      new Command('grind')
        .description("grind the [finest]: miller's pride")
        .helpOption(false)
        .addArgument(new Argument('<grain>').choices(['rye', 'oats']))
        .option('-r, --root <dir>', 'where; repeatable')
        .addOption(new Option('--speed <how>', 'how fast: or slow').choices(['low', 'high']))
        .option('--dry', 'nothing is done'),
    )

test('in zsh the words of a summary cannot end it', () => {
  assert.is(
    completionScript(small(), 'zsh'),
    `#compdef mill
# Completion for mill in zsh: source <(mill completion zsh)
_mill() {
  local -a commands=(
    'grind:grind the [finest]: miller'\\''s pride'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    grind) _arguments '*--root[where; repeatable]:folder:_files -/' '--speed[how fast\\: or slow]:value:(low high)' '--dry[nothing is done]' '1:value:(rye oats)' ;;
  esac
}
if [[ $funcstack[1] == _mill ]]; then _mill "$@"; else compdef _mill mill; fi
`,
  )
})

test('in fish quotes are escaped and folders offered where one is wanted', () => {
  assert.is(
    completionScript(small(), 'fish'),
    `# Completion for mill in fish: mill completion fish | source
complete -c mill -f
complete -c mill -n __fish_use_subcommand -a grind -d 'grind the [finest]: miller\\'s pride'
complete -c mill -n '__fish_seen_subcommand_from grind' -a 'rye oats'
complete -c mill -n '__fish_seen_subcommand_from grind' -l root -s r -d 'where; repeatable' -x -a '(__fish_complete_directories)'
complete -c mill -n '__fish_seen_subcommand_from grind' -l speed -d 'how fast: or slow' -x -a 'low high'
complete -c mill -n '__fish_seen_subcommand_from grind' -l dry -d 'nothing is done'
`,
  )
})

test.run()
