import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node, timed } from './millrace.js'
import { withWaits } from './waits.js'

const test = suite('millrace run --compare-sequential')

test('measures more than 2.8x on eighteen operations of 300 ms with a critical path of three, beside the bound', () =>
  withWaits(async (waits) => {
    const operations = Array.from({ length: 18 }, (_, index) =>
      waits(300, { id: `s${index}`, ...(index % 3 > 0 && { dependencies: [`s${index - 1}`] }) }),
    )
    await inFolder({ 'plan.json': { concurrency: 6, operations } }, async (cwd) => {
      const flags = ['--compare-sequential=2', '--allow-private-addresses', '--json']
      const { code, stdout, stderr } = await millrace(['run', 'plan.json', ...flags], { cwd })
      assert.is(code, 0, stderr)
      const { runs, speedup, sequentialMs, batchMs, lowerBoundMs, highestSpeedup } = JSON.parse(stdout) as Record<string, number> & {
        speedup: { ratio: number }
      }
      assert.is(runs, 2)
      assert.ok(speedup.ratio > 2.8, stdout)
      assert.ok(Math.abs(speedup.ratio - sequentialMs! / batchMs!) < 1e-9)
      // A timer of Node may be a little early.
      assert.ok(sequentialMs! >= 18 * 290 && batchMs! >= lowerBoundMs! && lowerBoundMs! >= 3 * 290, stdout)
      assert.ok(highestSpeedup! > 1 && highestSpeedup! <= 6 + 1e-9, stdout)
      assert.is(stderr, 'run 1 of 4: batch\nrun 2 of 4: one at a time\nrun 3 of 4: one at a time\nrun 4 of 4: batch\n')
    })
  }))

test('each run starts from the files of the root, which stay as they are', () =>
  inFolder({ 'input.txt': 'in' }, async (cwd) => {
    const touch = `const fs = require('fs'); fs.readFileSync('input.txt'); fs.writeFileSync('made', '', { flag: 'wx' })`
    writeFileSync(join(cwd, 'plan.json'), JSON.stringify([node('a', touch), node('b', '0', { weight: 4 })]))
    mkdirSync(join(cwd, '.millrace'))
    const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--compare-sequential=1', '--quiet'], { cwd })
    assert.is(code, 0, stderr)
    assert.match(
      stdout,
      timed(
        /^Both were run once, each in a fresh copy of the root:\n {2}batch, at most 6 at once: TIME\n {2}one at a time: TIME\nSpeed-up /,
      ),
    )
    assert.is(stderr, '')
    assert.equal(readdirSync(cwd).sort(), ['.millrace', 'input.txt', 'plan.json'])
    assert.is(readFileSync(join(cwd, 'input.txt'), 'utf8'), 'in')
  }))

test('without a number, it runs until the interval is narrow, five times each way at least', () =>
  withWaits((waits) =>
    inFolder({ 'plan.json': [waits(300)] }, async (cwd) => {
      const flags = ['--compare-sequential', '--allow-private-addresses', '--json']
      const { code, stdout, stderr } = await millrace(['run', 'plan.json', ...flags], { cwd })
      assert.is(code, 0, stderr)
      const { runs, ended, speedup } = JSON.parse(stdout) as { runs: number; ended: string; speedup: { low: number; high: number } }
      assert.ok(runs >= 5 && runs <= 30, stdout)
      assert.ok(ended === 'budget' || speedup.high <= 1.1 * speedup.low, stdout)
      assert.match(stderr, /^run 1: batch\nrun 2: one at a time\nrun 3: one at a time\n/)
      assert.is(stderr.split('\n').length - 1, 2 * runs)
    }),
  ))

test('of a plan that fails nothing is measured', () =>
  inFolder({ 'plan.json': [node('bad', 'process.exit(3)')] }, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--compare-sequential', '--quiet'], { cwd })
    assert.is(code, 1)
    assert.is(stdout, '')
    assert.match(stderr, /^Nothing was measured, because a run \(batch\) did not succeed\. bad failed: node exited with code 3\./)
  }))

test('a root too large to copy is refused, and nothing runs', () =>
  inFolder({ 'plan.json': [node('a', '0')], large: '' }, async (cwd) => {
    truncateSync(join(cwd, 'large'), 300 * 1024 * 1024)
    const { code, stderr } = await millrace(['run', 'plan.json', '--compare-sequential'], { cwd })
    assert.is(code, 2)
    assert.match(
      stderr,
      /^error: .+ holds more than 20,000 files or 256 MB, too many to copy for each run\. Name a smaller folder with --root\.\n$/,
    )
  }))

test('a bad plan is refused as ever', () =>
  inFolder({ 'plan.json': [{ type: 'file', operation: 'wriet' }] }, async (cwd) => {
    const { code, stderr } = await millrace(['run', 'plan.json', '--compare-sequential'], { cwd })
    assert.is(code, 2)
    assert.match(stderr, /no operation type is called "file\.wriet"/)
    assert.match(
      (await millrace(['run', 'plan.json', '--compare-sequential=0'], { cwd })).stderr,
      /It must be a whole number of at least 1\./,
    )
  }))

test.run()
