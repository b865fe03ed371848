import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../../src/mcp/host.js'
import { batchExecute } from '../../../src/mcp/tools/batchExecute.js'
import { inFolder, millrace } from './millrace.js'

const test = suite('npm test with one failing assertion among sixty')

const tests = `
const test = require('node:test')
const assert = require('node:assert')
for (let place = 1; place <= 60; place++) test('sum ' + place, () => assert.strictEqual(place === 31 ? 41 + 1 : 4, place === 31 ? 43 : 4))
process.emitWarning('an old way to add')
`
const files = { 'package.json': { name: 'sums', private: true, scripts: { test: 'node --test' } }, 'sums.test.js': tests }
const operations = [{ id: 'test', type: 'shell', operation: 'run', params: { command: ['npm', 'test'] } }]

/** The name of the test, what was compared, and the place in its file, as the runner of Node writes them. */
function hasAssertion(text: string): void {
  assert.match(text, 'sum 31')
  assert.match(text, '42 !== 43')
  assert.match(text, 'sums.test.js:4')
  assert.match(text, /fail 1\b/)
}

test('the report for people has the assertion', () =>
  inFolder({ ...files, 'plan.json': operations }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--no-log', '-q'], { cwd })
    assert.is(code, 1)
    hasAssertion(stdout)
  }))

test('so has the error in --json', () =>
  inFolder({ ...files, 'plan.json': operations }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--json', '--no-log', '-q'], { cwd })
    assert.is(code, 1)
    const { operations: ended } = JSON.parse(stdout) as { operations: readonly [{ error: { message: string; stdout: string } }] }
    assert.is(ended[0].error.message, 'npm exited with code 1.')
    hasAssertion(ended[0].error.stdout)
  }))

test('so has the answer of the server', () =>
  inFolder(files, async (root) => {
    const host = toolHost({ root, allowPrograms: ['npm'] })
    try {
      const { content } = await batchExecute.perform({ operations }, host, {})
      hasAssertion(content[0]!.text)
    } finally {
      await host.close('the spec has ended')
    }
  }))

test.run()
