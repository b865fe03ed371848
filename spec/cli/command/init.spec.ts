import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from './millrace.js'

const test = suite('millrace init and --config')

test('init makes a project and says what, then keeps all of it', () =>
  inFolder({}, async (cwd) => {
    const planned = await millrace(['init', 'Bee Hive', '--dry-run'], { cwd })
    assert.match(planned.stdout, 'Would make:\n  bee-hive/src\n')
    assert.match(planned.stdout, 'Nothing was done.')
    assert.not.ok(existsSync(join(cwd, 'bee-hive')))
    const made = await millrace(['init', 'Bee Hive'], { cwd })
    assert.equal([made.code, made.stderr], [0, ''])
    assert.match(made.stdout, 'Next: cd bee-hive && npm install && npm test')
    assert.match(readFileSync(join(cwd, 'bee-hive/README.md'), 'utf8'), '# Bee Hive')
    const again = await millrace(['init', 'Bee Hive', '--json'], { cwd })
    const { made: paths, kept } = JSON.parse(again.stdout) as { made: readonly string[]; kept: readonly string[] }
    assert.equal([again.code, paths, kept.length], [0, [], 9])
  }))

test('init in a folder that is not there is bad usage', () =>
  inFolder({}, async (cwd) => {
    const { code, stderr } = await millrace(['init', 'x', '--root', 'none'], { cwd })
    assert.equal([code, stderr], [2, 'error: --root none: there is no such folder. Make it first, or name another.\n'])
  }))

const plan = { operations: [{ id: 'it', type: 'agent', operation: 'run', params: { agent: 'echo', task: 'hello' } }] }

test('a run takes kinds of agents from --config', () =>
  inFolder({ 'plan.json': plan, 'c.json': { agents: { echo: { runner: { command: ['cat'], format: 'text' } } } } }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--config', 'c.json', '--json', '--quiet'], { cwd })
    assert.is(code, 0)
    assert.match(stdout, '"text":"hello"')
  }))

test('a configuration that is wrong ends the command before it begins', () =>
  inFolder({ 'plan.json': plan, 'c.json': { agents: 1 } }, async (cwd) => {
    for (const [file, expected] of [
      ['c.json', 'error: c.json: agents: expected an object, received 1.\n'],
      ['none.json', "error: none.json: it could not be read: ENOENT: no such file or directory, open 'none.json'.\n"],
    ] as const) {
      const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--config', file], { cwd })
      assert.equal([code, stdout, stderr], [2, '', expected])
    }
  }))

test.run()
