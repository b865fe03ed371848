import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, timed } from './millrace.js'
import { files, run, setTimes, sleeps } from './runs.js'
import { withWaits } from './waits.js'

const test = suite('millrace compare and millrace baseline')

test('six runs, a baseline, five more and five slower ones of one name: compare and trend say slower, and from which run on', () =>
  withWaits((waits) => {
    const plan = (ms: number): object => ({ name: 'waits', operations: [waits(ms)] })
    return inFolder({ 'fast.json': plan(0), 'slow.json': plan(1_000) }, async (cwd) => {
      const allowed = '--allow-private-addresses'
      await run(cwd, 'fast.json', '--repeat', '6', allowed)
      await setTimes(cwd, () => 20)
      assert.is((await millrace(['baseline', 'set', 'main'], { cwd })).stdout, 'main: 5 runs kept.\n')
      await run(cwd, 'fast.json', '--repeat', '5', allowed)
      await setTimes(cwd, () => 20)
      const fine = await millrace(['compare', 'main', 'last', '--fail-on', 'slower'], { cwd })
      assert.is(fine.code, 0, fine.stdout)
      const gate = ['--baseline', 'main', '--fail-on', 'slower']
      const slow = await millrace(['run', 'slow.json', '--quiet', '--repeat', '5', allowed, ...gate], { cwd })
      assert.is(slow.code, 3, slow.stdout)
      const { runs } = JSON.parse((await millrace(['history', '--json'], { cwd })).stdout) as { runs: { runId: string }[] }
      assert.is(runs.length, 16)
      const began = runs[4]!.runId
      for (const [before, after] of [
        ['main', 'last'],
        ['last~5', 'last'],
      ] as const) {
        const { code, stdout } = await millrace(['compare', before, after, '--fail-on', 'slower'], { cwd })
        assert.is(code, 3, stdout)
        assert.match(stdout, timed(/\nslower: http\.request, 2\d ms before, TIME now \(medians of runs; [\d.]+x, 97 % interval /))
        assert.ok(stdout.includes(`slower since the run ${began} (`), stdout)
      }
      const trend = await millrace(['trend'], { cwd })
      assert.ok(trend.stdout.includes(`declining: a step at run ${began} (`), trend.stdout)
    })
  }))

test('one run against one is too few, and says how to make more', () =>
  inFolder({ 'plan.json': sleeps(10, 6, 6) }, async (cwd) => {
    await run(cwd, 'plan.json', '--repeat', '2')
    const { code, stdout, stderr } = await millrace(['compare', 'last~1', 'last', '--fail-on', 'slower', '--json'], { cwd })
    assert.is(code, 0, stdout + stderr)
    const { before, after, verdict } = JSON.parse(stdout) as { before: object; after: { name: string; runs: string[] }; verdict: string }
    assert.is(verdict, 'too-few')
    assert.not.equal(before, after)
    assert.is(after.name, 'last')
    assert.is(
      stderr,
      '--fail-on slower was not applied: it needs 5 runs of the plan on each side ("millrace run --repeat 5" makes them).\n',
    )
  }))

test('--repeat ends with the first run that fails, and takes no plan from stdin', () =>
  inFolder({ 'plan.json': { operations: [{ type: 'file', operation: 'create', params: { path: 'a', content: '' } }] } }, async (cwd) => {
    const twice = await millrace(['run', 'plan.json', '--repeat', '3'], { cwd })
    assert.is(twice.code, 1)
    assert.match(twice.stderr, /^Run 1 of 3:\n/)
    assert.match(twice.stderr, /\nRun 2 of 3:\n/)
    assert.not.match(twice.stderr, /Run 3 of 3/)
    const stdin = await millrace(['run', '-', '--repeat', '3'], { cwd, stdin: '{"operations":[]}' })
    assert.equal([stdin.code, stdin.stderr], [2, 'error: stdin can be read only once. Use a plan file with --repeat.\n'])
  }))

test('runs that cannot be compared are refused, with what differs', () =>
  inFolder({ 'one.json': sleeps(1), 'other.json': files }, async (cwd) => {
    await run(cwd, 'one.json')
    await run(cwd, 'other.json')
    await run(cwd, 'other.json', '--concurrency', '2')
    const plans = await millrace(['compare', 'last~2', 'last'], { cwd })
    assert.is(plans.code, 2)
    assert.match(plans.stderr, /^error: last~2 and last cannot be compared\.\n {2}The plans differ \(/)
    const limits = await millrace(['compare', 'last~1', 'last', '--json'], { cwd })
    assert.is(limits.code, 2)
    assert.equal((JSON.parse(limits.stdout) as { differences: object }).differences, [{ field: 'concurrency', before: 6, after: 2 }])
    assert.match(limits.stderr, /One ran at concurrency 6, the other at 2: /)
  }))

test('a baseline is set, shown, compared with and cleared', () =>
  inFolder({ 'fast.json': sleeps(1, 6, 6), 'slow.json': sleeps(1, 6, 6) }, async (cwd) => {
    await run(cwd, 'fast.json')
    assert.is((await millrace(['baseline', 'set', 'main'], { cwd })).stdout, 'main: 1 run kept.\n')
    await run(cwd, 'slow.json')
    assert.is((await millrace(['compare', 'main', 'last', '--fail-on', 'slower'], { cwd })).code, 0)
    assert.is((await millrace(['baseline', 'show'], { cwd })).stdout, 'main: 1 run\n')
    assert.match((await millrace(['baseline', 'show', 'main'], { cwd })).stdout, /^run +when +operations +makespan\n[0-9a-f-]{36} .+\n$/)
    assert.is((await millrace(['baseline', 'clear', 'main'], { cwd })).stdout, 'main: forgotten.\n')
    assert.equal(await millrace(['baseline', 'clear', 'main'], { cwd }), {
      code: 2,
      stdout: '',
      stderr: 'error: no baseline is called "main". There are none: "millrace baseline set" makes one.\n',
    })
    const { code, stderr } = await millrace(['baseline', 'set', 'last'], { cwd })
    assert.is(code, 2)
    assert.match(stderr, /^error: "last" cannot be the name of a baseline\. Use at most 64 letters, digits, /)
  }))

test.run()
