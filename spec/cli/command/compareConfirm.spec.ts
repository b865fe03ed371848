import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from './millrace.js'
import { run, setTimes, sleeps } from './runs.js'

const test = suite('millrace compare --confirm')

/** Sleeps as long as a file of its root says, and adds a line to another one. */
const bySeconds = {
  operations: [
    { id: 'wait', type: 'shell', operation: 'run', repeatable: true, params: { command: ['sh', '-c', 'sleep $(cat seconds)'] } },
    { id: 'note', type: 'file', operation: 'append', params: { path: 'notes', content: 'x' } },
  ],
}

const firstFiveFaster = (index: number): number => (index < 5 ? 20 : 200)

interface Told {
  readonly verdict: string
  readonly suspected: string
  readonly confirmation: {
    readonly rounds: number
    readonly types: readonly { readonly name: string; readonly change: { readonly verdict: string } }[]
  }
}

test('a plan that was changed needs the old one, and a program consent; then what is slower again is confirmed', () =>
  inFolder({ 'fast.json': sleeps(10, 1), 'slow.json': sleeps(1_200, 1) }, async (cwd) => {
    await run(cwd, 'fast.json', '--repeat', '5')
    await run(cwd, 'slow.json', '--repeat', '5')
    await setTimes(cwd, firstFiveFaster)
    const compare = (...more: readonly string[]) => millrace(['compare', 'last~5', 'last', '--confirm', ...more], { cwd })
    const without = await compare()
    assert.is(without.code, 2, without.stdout)
    assert.match(
      without.stderr,
      /^error: the plan was another one in the run \S+, and no run keeps its plan\. Give the old one: git show REVISION:slow\.json > old\.yaml, then --old old\.yaml\.\n$/,
    )
    const other = await compare('--old', 'slow.json')
    assert.match(other.stderr, /^error: slow\.json is not the plan of the run \S+: what its operations are and are given differs\.\n$/)
    const unasked = await compare('--old', 'fast.json')
    assert.is(unasked.code, 2, unasked.stdout)
    assert.match(
      unasked.stderr,
      /^error: op1 cannot be run again: op1 can have effects that must not happen twice, even outside the copy of the root where it would run\. Use --yes if they can, or "repeatable": true in the plan\.\n$/,
    )
    const confirmed = await compare('--old', 'fast.json', '--yes', '--fail-on', 'slower')
    assert.is(confirmed.code, 3, confirmed.stderr)
    assert.match(confirmed.stderr, /^run again 1: old\nrun again 1: new\nrun again 2: new\nrun again 2: old\n/)
    assert.match(confirmed.stdout, /\nsuspected: shell\.run, /)
    assert.match(
      confirmed.stdout,
      /\nRun again, old and new in turn, (?:[5-9]|10) times each, in copies of the root:\nconfirmed slower: shell\.run, \S+ m?s old, \S+ m?s new \(\d+\.\d\dx, 97 % interval /,
    )
  }))

test('what is not slower again is not called slower, and nothing else of the plan is run', () =>
  inFolder({ 'plan.json': bySeconds, seconds: '0' }, async (cwd) => {
    await run(cwd, 'plan.json', '--repeat', '5')
    writeFileSync(join(cwd, 'seconds'), '1.2')
    await run(cwd, 'plan.json', '--repeat', '5')
    await setTimes(cwd, firstFiveFaster)
    const notes = readFileSync(join(cwd, 'notes'), 'utf8')
    assert.is((await millrace(['compare', 'last~5', 'last', '--fail-on', 'slower'], { cwd })).code, 3)
    const same = await millrace(['compare', 'last~5', 'last', '--confirm'], { cwd })
    assert.is(same.code, 2)
    assert.match(
      same.stderr,
      /^error: old and new have the same plan and the same files, and cannot differ\. Name the folder with the old files: /,
    )
    const nowhere = await millrace(['compare', 'last~5', 'last', '--confirm', '--old-root', 'nowhere'], { cwd })
    assert.is(nowhere.code, 2, nowhere.stderr)
    assert.match(nowhere.stderr, /^error: --old-root .*nowhere: there is no such folder/)
    // It was the machine: the files as they were take longer now than the new ones.
    mkdirSync(join(cwd, '.old'))
    writeFileSync(join(cwd, '.old', 'seconds'), '1.2')
    writeFileSync(join(cwd, 'seconds'), '0')
    const ended = await millrace(['compare', 'last~5', 'last', '--confirm', '--old-root', '.old', '--fail-on', 'slower', '--json'], { cwd })
    assert.is(ended.code, 0, ended.stderr)
    const { verdict, suspected, confirmation } = JSON.parse(ended.stdout) as Told
    assert.equal([suspected, verdict, confirmation.types.map(({ name }) => name)], ['slower', 'faster', ['shell.run']])
    assert.ok(confirmation.rounds >= 5)
    assert.is(readFileSync(join(cwd, 'notes'), 'utf8'), notes)
  }))

test('what is not slower needs no second look, and its flags need --confirm', () =>
  inFolder({ 'plan.json': sleeps(10, 1) }, async (cwd) => {
    await run(cwd, 'plan.json', '--repeat', '2')
    const few = await millrace(['compare', 'last~1', 'last', '--confirm'], { cwd })
    assert.is(few.code, 0, few.stderr)
    assert.not.match(few.stdout, /Run again/)
    const alone = await millrace(['compare', 'last~1', 'last', '--yes'], { cwd })
    assert.equal([alone.code, alone.stderr], [2, 'error: --yes says how the suspects are run again. Give --confirm as well.\n'])
  }))

test.run()
