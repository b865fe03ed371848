import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from './millrace.js'
import { files, run, sleeps } from './runs.js'

const test = suite('millrace compare and millrace baseline')

test('a slower second plan: compare fails with 3 and names the operation type', () =>
  inFolder({ 'fast.json': sleeps(200, 6, 6), 'slow.json': sleeps(400, 6, 6) }, async (cwd) => {
    await run(cwd, 'fast.json')
    await run(cwd, 'slow.json')
    const { code, stdout } = await millrace(['compare', 'last~1', 'last', '--fail-on', 'slower'], { cwd })
    assert.is(code, 3, stdout)
    assert.match(
      stdout,
      /^last~1, then last:\nslower: shell\.run, [\d.]+ m?s before, [\d.]+ m?s now \(medians of operations; \d\.\d\dx, 97 % interval /,
    )
    assert.is((await millrace(['compare', 'last~1', 'last'], { cwd })).code, 0)
    assert.is((await millrace(['compare', 'last', 'last~1', '--fail-on', 'slower'], { cwd })).code, 0)
  }))

test('the same plan twice: compare exits 0', () =>
  inFolder({ 'plan.json': sleeps(700, 6, 6) }, async (cwd) => {
    await run(cwd, 'plan.json')
    await run(cwd, 'plan.json')
    const { code, stdout, stderr } = await millrace(['compare', 'last~1', 'last', '--fail-on', 'slower', '--json'], { cwd })
    assert.is(code, 0, stdout + stderr)
    const { before, after, verdict } = JSON.parse(stdout) as { before: object; after: { name: string; runs: string[] }; verdict: string }
    assert.is(verdict, 'same')
    assert.not.equal(before, after)
    assert.is(after.name, 'last')
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
  inFolder({ 'fast.json': sleeps(200, 6, 6), 'slow.json': sleeps(400, 6, 6) }, async (cwd) => {
    await run(cwd, 'fast.json')
    assert.is((await millrace(['baseline', 'set', 'main'], { cwd })).stdout, 'main: 1 run kept.\n')
    await run(cwd, 'slow.json')
    assert.is((await millrace(['compare', 'main', 'last', '--fail-on', 'slower'], { cwd })).code, 3)
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
