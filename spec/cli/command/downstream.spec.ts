import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { untilGone } from '../../support/untilGone.js'
import { inFolder, millrace } from './millrace.js'

const test = suite('tools of downstream servers on the command line')

const server = fileURLToPath(new URL('../../operations/tool/fakeServer.mjs', import.meta.url))
const config = { mcpServers: { fake: { command: process.execPath, args: [server], env: { STARTS: 'starts' } } } }
const withConfig = ['--config', 'config.json']

const plan = [
  { id: 'put', type: 'tool', operation: 'fake.put', params: { text: 'grain' } },
  { id: 'look', type: 'tool.fake.look' },
  { id: 'note', type: 'file.write', params: { path: 'note.txt', content: { $ref: 'look.log' } } },
]

for (const form of ['a list', 'a plan'])
  test(`run performs them in ${form}, passes on what they give, and ends their server`, () =>
    inFolder({ 'plan.json': form === 'a list' ? plan : { operations: plan }, 'config.json': config }, async (cwd) => {
      const { code, stderr } = await millrace(['run', 'plan.json', ...withConfig], { cwd })
      assert.is(code, 0, stderr)
      assert.is(readFileSync(join(cwd, 'note.txt'), 'utf8'), 'grain')
      const starts = readFileSync(join(cwd, 'starts'), 'utf8').trim().split('\n')
      assert.is(starts.length, 1)
      assert.ok(await untilGone(Number(starts[0])))
    }))

test('plan checks them by their schema, and performs none', () =>
  inFolder({ 'plan.json': [plan[0], { type: 'tool.fake.put' }], 'config.json': config }, async (cwd) => {
    const { code, stderr } = await millrace(['plan', 'plan.json', ...withConfig], { cwd })
    assert.is(code, 2)
    assert.match(stderr, 'operations[1].params: expected params that fit the schema of "fake.put"')
    assert.match(stderr, '1 fault; nothing was done.')
  }))

test('a part of a plan is chosen with its tools', () =>
  inFolder({ 'plan.json': plan, 'config.json': config }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', ...withConfig, '--only', 'note', '--json'], { cwd })
    assert.is(code, 0)
    assert.equal(
      (JSON.parse(stdout) as { operations: readonly { id: string }[] }).operations.map(({ id }) => id),
      ['look', 'note'],
    )
  }))

test('a server that cannot be started fails its operations alone, and says why', () =>
  inFolder(
    {
      'plan.json': [plan[0], { id: 'other', type: 'file.write', params: { path: 'other.txt', content: 'x' } }],
      'config.json': { mcpServers: { fake: { command: process.execPath, args: ['-e', 'process.exit(3)'] } } },
    },
    async (cwd) => {
      const { code, stderr } = await millrace(['run', 'plan.json', ...withConfig], { cwd })
      assert.is(code, 1)
      assert.match(stderr, 'The server "fake" could not be started')
      assert.is(readFileSync(join(cwd, 'other.txt'), 'utf8'), 'x')
    },
  ))

test('a tool of no server names the way to one', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const { code, stderr } = await millrace(['run', 'plan.json'], { cwd })
    assert.is(code, 2)
    assert.match(stderr, '--config FILE lists the servers')
  }))

test('what is resumed uses them again', () =>
  inFolder({ 'plan.json': [{ id: 'broken', type: 'tool.fake.fail' }, plan[0]], 'config.json': config }, async (cwd) => {
    assert.is((await millrace(['run', 'plan.json', ...withConfig], { cwd })).code, 1)
    const { code, stdout, stderr } = await millrace(['retry', '--json'], { cwd })
    assert.is(code, 1, stderr)
    const { operations } = JSON.parse(stdout) as { operations: readonly { id: string; reusedFrom?: string; outcome: string }[] }
    assert.equal(
      operations.map(({ id, outcome }) => `${id} ${outcome}`),
      ['broken failed', 'put succeeded'],
    )
  }))

test('--compare-sequential refuses them: their servers would work outside the copies', () =>
  inFolder({ 'plan.json': plan, 'config.json': config }, async (cwd) => {
    const { code, stderr } = await millrace(['run', 'plan.json', ...withConfig, '--compare-sequential'], { cwd })
    assert.is(code, 2)
    assert.match(stderr, 'outside of them')
  }))

test.run()
