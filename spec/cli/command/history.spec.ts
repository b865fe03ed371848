import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { snapshotOf } from '../../support/tempTree.js'
import { inFolder, millrace, parsed, timed } from './millrace.js'
import { files, run } from './runs.js'

const test = suite('what millrace run keeps, millrace history and millrace trend')

const runsOf = (cwd: string): readonly string[] => readdirSync(join(cwd, '.millrace/runs'))

test('history shows each run, the latest first; --json all its figures', () =>
  inFolder(
    { 'plan.json': { name: 'three files', ...files }, 'bad.json': [{ type: 'shell', operation: 'run', params: { command: ['false'] } }] },
    async (cwd) => {
      await run(cwd, 'plan.json')
      assert.is((await millrace(['run', 'bad.json', '--quiet'], { cwd })).code, 1)
      const { code, stdout } = await millrace(['history'], { cwd })
      assert.is(code, 0)
      const [titles, latest, first, ...rest] = stdout.split('\n')
      assert.match(titles!, /^run +name +when +outcome +operations +makespan +at once$/)
      assert.match(latest!, timed(/^[0-9a-f]{8} {2}bad\.json +\d{4}-\d\d-\d\d \d\d:\d\d {2}1 failed +1 +TIME +1\.0$/))
      assert.match(first!, timed(/^[0-9a-f]{8} {2}three files {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}ok +3 +TIME +\d\.\d$/))
      assert.equal(rest, [''])
      const { runs } = JSON.parse((await millrace(['history', '--json', '--limit', '1'], { cwd })).stdout) as {
        runs: Record<string, unknown>[]
      }
      assert.is(runs.length, 1)
      assert.equal(
        [runs[0]!['ok'], runs[0]!['plan'], runs[0]!['counts']],
        [false, 'bad.json', { total: 1, succeeded: 0, failed: 1, skipped: 0, cancelled: 0 }],
      )
    },
  ))

test('where nothing has run, there is no history, and none is made', () =>
  inFolder({}, async (cwd) => {
    assert.equal(await millrace(['history'], { cwd }), { code: 0, stdout: 'There are no finished runs here yet.\n', stderr: '' })
    const { code, stderr } = await millrace(['compare', 'last~1', 'last'], { cwd })
    assert.is(code, 2)
    assert.is(stderr, 'error: last~1: there are no finished runs here yet. Run a plan first, or name its root with --root.\n')
    assert.equal(readdirSync(cwd), [])
  }))

test('the history is made again from the event logs, line for line; lines without a log stay', () =>
  inFolder(
    {
      'plan.json': files,
      'chain.json': { ...files, operations: files.operations.map((one, index) => (index === 0 ? one : { ...one, dependencies: ['a'] })) },
    },
    async (cwd) => {
      const path = join(cwd, '.millrace/history.ndjson')
      for (const plan of ['plan.json', 'chain.json', 'plan.json']) await run(cwd, plan, '--keep', '2')
      assert.is(runsOf(cwd).length, 2)
      const before = readFileSync(path, 'utf8')
      const again = await millrace(['history', '--rebuild'], { cwd })
      assert.is(again.stderr, '2 runs read from their logs, 1 line kept.\n')
      assert.equal(parsed(readFileSync(path, 'utf8')), parsed(before))
      writeFileSync(path, `${before.split('\n')[0]!}\n{"torn`)
      assert.match((await millrace(['history'], { cwd })).stderr, /history\.ndjson: left out 1 line that cannot be read\./)
      await millrace(['history', '--rebuild'], { cwd })
      // The CPU time was measured and stands in no log: it goes with the line.
      const withoutCpu = (text: string): string => text.replaceAll(/"cpuMs":[\d.]+,?/g, '').replaceAll(',}', '}')
      assert.equal(parsed(withoutCpu(readFileSync(path, 'utf8'))), parsed(withoutCpu(before)))
    },
  ))

test('a damaged log is told when the history is made again, and nothing is guessed', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    await run(cwd, 'plan.json')
    appendFileSync(join(cwd, '.millrace/runs', runsOf(cwd)[0]!, 'events.ndjson'), 'not a line of it\n')
    const { stderr } = await millrace(['history', '--rebuild'], { cwd })
    assert.match(
      stderr,
      /^0 runs read from their logs, 1 line kept\.\n.*events\.ndjson: line \d+, at byte \d+, is damaged: its checksum does not match\.\n/,
    )
  }))

test('trend draws the runs like the last one', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    for (let round = 0; round < 6; round++) await run(cwd, 'plan.json')
    const { code, stdout } = await millrace(['trend', 'file.write.p50Ms'], { cwd })
    assert.is(code, 0)
    assert.match(
      stdout,
      timed(/^file\.write\.p50Ms, 6 runs, oldest first:\n[▁▂▃▄▅▆▇█]{6} {2}TIME to TIME, last TIME\n(steady|improving|declining): .+\n$/),
    )
    const { trend, points } = JSON.parse((await millrace(['trend', '--json'], { cwd })).stdout) as { trend: object; points: object[] }
    assert.is(points.length, 6)
    assert.ok('slope' in trend && 'confidence' in trend)
    const wrong = await millrace(['trend', 'makespan'], { cwd })
    assert.is(wrong.code, 2)
    assert.match(
      wrong.stderr,
      /^error: No run has a metric called "makespan"\. Did you mean "makespanMs"\? There are: makespanMs, workMs, /,
    )
  }))

test('--no-log leaves nothing; a bad plan neither', () =>
  inFolder({ 'plan.json': files, 'bad.json': { operations: [{ type: 'file', operation: 'wriet' }] } }, async (cwd) => {
    await run(cwd, 'plan.json', '--no-log')
    assert.is((await millrace(['run', 'bad.json'], { cwd })).code, 2)
    assert.equal(readdirSync(cwd).sort(), ['bad.json', 'out', 'plan.json'])
  }))

test('three file operations leave exactly their tree, and the state of the tool beside it', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    await mkdir(join(cwd, 'root'))
    await run(cwd, 'plan.json', '--root', 'root')
    const { ['.millrace/history.ndjson']: history, ...rest } = snapshotOf(join(cwd, 'root'))
    assert.match(history!, /^file 600 \{"run":\{"v":"1",/)
    assert.equal(
      Object.keys(rest).filter((path) => !path.startsWith('.millrace')),
      ['out', 'out/a', 'out/b', 'out/c'],
    )
    const [runId] = runsOf(join(cwd, 'root'))
    assert.equal(readdirSync(join(cwd, 'root/.millrace/runs', runId!)).sort(), ['events.ndjson', 'run.json'])
    assert.not(existsSync(join(cwd, '.millrace')))
  }))

test('a log that cannot be opened is told, and the run goes on without; under --durability power it does not start', () =>
  inFolder({ 'plan.json': files, '.millrace': 'a file' }, async (cwd) => {
    const went = await millrace(['run', 'plan.json', '--quiet'], { cwd })
    assert.is(went.code, 0)
    assert.match(went.stderr, /^This run has no event log: .*\.millrace is a link or a file, where millrace needs its own folder\./)
    const power = await millrace(['run', 'plan.json', '--root', '.', '--durability', 'power', '--quiet'], { cwd })
    assert.is(power.code, 1)
    assert.match(power.stderr, /^nothing was done, because the event log cannot be opened: /)
    assert.is(power.stdout, '')
  }))

test('the log holds what --events tells, with a checksum a line', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const { stdout } = await run(cwd, 'plan.json', '--events', '--durability', 'power')
    const logged = parsed(readFileSync(join(cwd, '.millrace/runs', runsOf(cwd)[0]!, 'events.ndjson'), 'utf8'))
    assert.equal(
      logged.map(({ crc: _crc, ...event }) => event),
      parsed(stdout),
    )
  }))

test('--keep takes numbers, ages and sizes only', () =>
  inFolder({ 'plan.json': files }, async (cwd) => {
    const { code, stderr } = await millrace(['run', 'plan.json', '--keep', 'some'], { cwd })
    assert.is(code, 2)
    assert.match(stderr, /It must be a number of runs, such as 50, an age, such as 12h, 30d or 8w, or a size, such as 500MiB or 2GiB\./)
    assert.equal(readdirSync(cwd), ['plan.json'])
  }))

test.run()
test.run()
