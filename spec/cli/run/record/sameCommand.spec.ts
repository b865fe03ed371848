import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sameCommand } from '../../../../src/cli/run/record/sameCommand.js'
import { millrace } from '../../../../src/cli/program.js'
import { checkOf } from '../../../../src/journal/history/checkOf.js'
import type { RanCommand } from '../../../../src/journal/ranCommand.js'
import type { Advice } from '../../../../src/monitor/advice/advice.js'

const test = suite('sameCommand')

const runCommand = millrace(() => undefined).commands.find((command) => command.name() === 'run')!
const typed = (...words: readonly string[]): RanCommand => sameCommand(runCommand, words)

const rows: readonly (readonly [title: string, typed: readonly string[], again: string])[] = [
  ['keeps every flag', ['p.json', '--root', 'site', '-q', '--keep=5'], 'millrace run p.json --root site -q --keep=5 --concurrency 4'],
  ['puts another concurrency in place of its own', ['--concurrency', '2', 'p.json'], 'millrace run p.json --concurrency 4'],
  ['also of one with =', ['p.json', '--concurrency=2', '--json'], 'millrace run p.json --json --concurrency 4'],
  [
    'takes no value of a flag for a flag',
    ['p.json', '--baseline', '--concurrency'],
    'millrace run p.json --baseline --concurrency --concurrency 4',
  ],
  ['quotes for a shell', ["it's.json", '--root', 'my site'], "millrace run 'it'\\''s.json' --root 'my site' --concurrency 4"],
  ['stays before --', ['--json', '--', '-p.json'], 'millrace run --json --concurrency 4 -- -p.json'],
]

for (const [title, words, again] of rows) test(title, () => assert.is(typed(...words).runAt.join('4'), again))

test('at the same concurrency it is the very command', () => {
  assert.is(typed('p.json', '--concurrency', '2', '--root', 'a').run, 'millrace run p.json --concurrency 2 --root a')
})

test('millrace plan takes only the flags it has', () => {
  const same = typed('--concurrency', '2', '--root', 'a b', '--json', '--quiet', '--allow-program', 'node', 'p.json')
  assert.is(same.plan, "millrace plan --root 'a b' --json --allow-program node p.json")
})

test('what looks back is told the first root', () => {
  assert.equal(typed('p.json', '--root', 'a b', '--root', 'c').root, ['--root', "'a b'"])
  assert.equal(typed('p.json', '--root=a').root, ['--root=a'])
  assert.equal(typed('p.json').root, [])
})

const advice = (id: Advice['id'], concurrency: number): Advice => ({
  id,
  claim: '',
  evidence: {},
  conditions: { shape: '', concurrency, cpus: 2, nodeMajor: 20 },
  check: '',
})
const checks: readonly (readonly [Advice, string])[] = [
  [advice('limit-too-low', 4), 'millrace run p.json --root a --concurrency 4'],
  [advice('success-rate-low', 2), 'millrace plan p.json --root a'],
  [advice('nothing-batched', 2), 'millrace plan p.json --root a'],
  [advice('wait-cause', 2), 'millrace plan p.json --root a'],
  [advice('retry-waste', 2), 'millrace plan p.json --root a'],
]

for (const [given, check] of checks)
  test(`${given.id} is checked in the root it is about`, () =>
    assert.is(checkOf(given, { concurrency: 2, command: typed('p.json', '--root', 'a') }), check))

test.run()
