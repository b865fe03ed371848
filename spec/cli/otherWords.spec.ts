import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { withHint } from '../../src/cli/flags/otherWords.js'
import { millrace } from '../../src/cli/program.js'

const test = suite('words of other tools on the command line')

/** What the command line says about these words. */
function told(...words: readonly string[]): string {
  let text = ''
  const program = millrace(() => undefined)
  for (const command of [program, ...program.commands]) command.configureOutput({ writeErr: (piece) => void (text += piece) })
  assert.throws(() => program.parse(['node', 'millrace', ...words]))
  return text
}

for (const [words, hint] of [
  [['plan.yaml'], 'To run a plan: "millrace run plan.yaml".'],
  [['validate'], 'Use "millrace plan".'],
  [['version'], 'Use "millrace --version".'],
  [['run', 'plan.yaml', '--dry-run'], '"millrace plan" checks a plan and shows its order; nothing runs.'],
  [['run', 'plan.yaml', '--parallel', '3'], 'Use --concurrency N.'],
  [['run', 'plan.yaml', '--parallel=3'], 'Use --concurrency N.'],
  [['run', '-j', '3', 'plan.yaml'], 'Use --concurrency N.'],
  [['run', '-f', 'plan.yaml'], 'Name the plan by its path alone: "millrace run plan.yaml".'],
  [['run', '--fail-fast'], 'Use --on-failure cancel.'],
  [['mcp', '--cwd', '.'], 'Use --root DIR.'],
] as const)
  test(`millrace ${words.join(' ')}`, () =>
    assert.is(
      told(...words)
        .trimEnd()
        .split('\n')
        .at(-1),
      hint,
    ))

test('what commander can name itself, and what nobody means, is left as it is', () => {
  assert.match(told('run', '--concurency', '3'), /Did you mean --concurrency\?/)
  assert.is(withHint("error: unknown option '--frobnicate'\n"), "error: unknown option '--frobnicate'\n")
  assert.is(withHint('error: too many arguments\n'), 'error: too many arguments\n')
})

test('every flag and command that is named is one', () => {
  const program = millrace(() => undefined)
  const run = program.commands.find((command) => command.name() === 'run')!
  const flags = run.options.map(({ long }) => long)
  for (const hint of [
    '--concurrency',
    '--output',
    '--quiet',
    '--root',
    '--on-failure',
    '--only',
    '--skip',
    '--set',
    '--timeout',
    '--no-color',
  ])
    assert.ok(flags.includes(hint), hint)
})

test.run()
