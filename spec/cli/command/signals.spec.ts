import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { untilGone } from '../../support/untilGone.js'
import { inFolder, node, start, timed } from './millrace.js'

const test = suite('millrace and signals')

// A program whose child ignores TERM; both pids are told before it says "up".
const stubborn = `
const { spawn } = require('node:child_process')
const { writeFileSync } = require('node:fs')
process.on('SIGTERM', () => {})
const child = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)'])
child.stdout.once('data', () => { writeFileSync('pids', process.pid + ' ' + child.pid); console.log('up') })
setInterval(() => {}, 1000)`

const plan = [node('stubborn', stubborn), node('later', '0', { dependencies: ['stubborn'] })]

async function pids(cwd: string): Promise<readonly number[]> {
  return (await readFile(join(cwd, 'pids'), 'utf8')).split(' ').map(Number)
}

for (const [signal, expected, words] of [
  ['SIGINT', 130, 'the run was interrupted (SIGINT)'],
  ['SIGTERM', 143, 'the run was terminated (SIGTERM)'],
] as const)
  test(`${signal} once: programs are ended, the report is written, exit ${expected}, no process is left`, () =>
    inFolder({ 'plan.json': plan }, async (cwd) => {
      const { child, ended, told } = start(['run', 'plan.json', '--events'], { cwd })
      await told('"operation-output"')
      child.kill(signal)
      const { code, stdout, stderr } = await ended
      assert.is(code, expected)
      const last = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as { type: string; summary: { counts: object; stoppedBy: object } }
      assert.is(last.type, 'run-finished')
      assert.equal(last.summary.stoppedBy, { type: 'signal', message: words })
      assert.equal(last.summary.counts, { total: 2, succeeded: 0, failed: 0, skipped: 1, cancelled: 1 })
      assert.match(stderr, `${signal}: aborting running operations, then clean-up runs. A second signal ends everything immediately.\n`)
      for (const pid of await pids(cwd)) assert.ok(await untilGone(pid), `${pid} is still there`)
    }))

test('SIGINT twice: ends at once, exit 130, no process is left', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const { child, ended, told } = start(['run', 'plan.json', '--events'], { cwd })
    await told('"operation-output"')
    child.kill('SIGINT')
    await told('A second signal ends everything immediately.')
    // One that comes too soon is taken for the same Ctrl-C.
    const again = setInterval(() => child.kill('SIGINT'), 500)
    const { code, stdout } = await ended.finally(() => clearInterval(again))
    assert.is(code, 130)
    assert.not.match(stdout, 'run-finished')
    for (const pid of await pids(cwd)) assert.ok(await untilGone(pid), `${pid} is still there`)
  }))

test('the second SIGINT of one Ctrl-C, as npm passes it on, does not count', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const { child, ended, told } = start(['run', 'plan.json', '--events'], { cwd })
    await told('"operation-output"')
    // It gets both at once, however busy this process is between them.
    for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM', 'SIGCONT'] as const) child.kill(signal)
    const { code, stdout } = await ended
    assert.ok(code === 130 || code === 143, String(code))
    assert.match(stdout, 'run-finished')
  }))

test('Ctrl-C runs the clean-up, and a second one while it runs ends that at once', () => {
  const work = node('work', 'console.log("at work"); setTimeout(() => {}, 60000)')
  const clean = (code: string) => node('clean', code, { dependencies: ['work'], when: 'settled' })
  const write = 'require("fs").writeFileSync("cleaned", "")'
  return inFolder(
    { 'plan.json': [work, clean(write)], 'slow.json': [work, clean('console.log("cleaning"); setTimeout(() => {}, 60000)')] },
    async (cwd) => {
      const once = start(['run', 'plan.json', '--output', 'stream'], { cwd })
      await once.told('at work')
      once.child.kill('SIGINT')
      const { code, stdout } = await once.ended
      assert.is(code, 130)
      assert.ok(existsSync(join(cwd, 'cleaned')))
      assert.match(stdout, timed(/\n⊘ work +TIME {2}cancelled\n✓ clean /))

      const twice = start(['run', 'slow.json', '--output', 'stream'], { cwd })
      await twice.told('at work')
      twice.child.kill('SIGINT')
      await twice.told('cleaning')
      // On a fast machine this would still count as the same Ctrl-C.
      await delay(500)
      const before = performance.now()
      twice.child.kill('SIGINT')
      assert.is((await twice.ended).code, 130)
      // Far less than the thirty seconds that clean-up may take.
      assert.ok(performance.now() - before < 15_000)
    },
  )
})

test.run()
