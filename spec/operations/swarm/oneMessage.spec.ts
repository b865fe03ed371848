import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { standardOperations } from '../../../src/operations/standard.js'
import { tempTree } from '../../support/tempTree.js'
import { file, swarm, told } from './swarmRun.js'

const test = suite('a swarm in one message')

test('init, three spawns, a folder and files run as they stand, and status shows three live agents', async () => {
  const root = tempTree()
  const operations = [
    swarm('init', { topology: 'mesh', maxAgents: 6 }),
    swarm('spawn', { type: 'researcher' }),
    swarm('spawn', { type: 'coder' }),
    swarm('spawn', { agentType: 'analyst' }),
    file('mkdir', { path: 'app' }),
    file('write', { path: 'app/package.json', content: '{}' }),
    file('write', { path: 'app/README.md', content: '# app' }),
    swarm('status', {}, { id: 'status' }),
  ]
  const { values, errors, emitted } = await told(operations, standardOperations({ root }))
  assert.equal(errors, {})
  const { live, agents, topology, maxAgents } = values['status'] as Record<string, unknown>
  assert.equal([live, topology, maxAgents], [3, 'mesh', 6])
  assert.equal(agents, [
    { name: 'researcher-1', type: 'researcher', state: 'idle', mailbox: 0, waiting: 0, ended: 0 },
    { name: 'coder-1', type: 'coder', state: 'idle', mailbox: 0, waiting: 0, ended: 0 },
    { name: 'analyst-1', type: 'analyst', state: 'idle', mailbox: 0, waiting: 0, ended: 0 },
  ])
  assert.equal(
    emitted('agent-spawned').map(({ agent }) => agent),
    ['researcher-1', 'coder-1', 'analyst-1'],
  )
  assert.ok(existsSync(join(root, 'app/package.json')) && existsSync(join(root, 'app/README.md')))
})

test('a coordinate among spawns and files waits for what it needs, and what needs it waits', async () => {
  const root = tempTree()
  const write = { type: 'file', operation: 'write', params: { path: 'notes.txt', content: 'found' } }
  const operations = [
    swarm('init', {}, { id: 'init' }),
    swarm('spawn', { type: 'researcher', count: 2 }, { id: 'readers' }),
    swarm('spawn', { type: 'coder' }, { id: 'coder' }),
    swarm(
      'coordinate',
      { tasks: [write, { type: 'file', operation: 'list', params: { path: '.' } }], strategy: 'sequential' },
      { id: 'work' },
    ),
    file('read', { path: 'notes.txt' }, { id: 'read' }),
    swarm('terminate', {}, { id: 'end' }),
  ]
  const { values, errors, order } = await told(operations, standardOperations({ root }))
  assert.equal(errors, {})
  assert.equal((values['read'] as { content: string }).content, 'found')
  // Only the coder may write, so the write was its task.
  assert.is((values['work'] as { results: { agent: string }[] }).results[0]?.agent, 'coder-1')
  assert.ok(order.indexOf('work') > order.indexOf('readers') && order.indexOf('work') > order.indexOf('coder'))
  assert.ok(order.indexOf('end') > order.indexOf('work'))
})

test('spawns of different types do not wait for each other, those of one type keep their order', () => {
  const operations = [
    swarm('init', {}, { id: 'init' }),
    swarm('spawn', { type: 'coder' }, { id: 'a' }),
    swarm('spawn', { type: 'tester' }, { id: 'b' }),
    swarm('spawn', { type: 'coder' }, { id: 'c' }),
    swarm('spawn', { type: 'coder', name: 'ada' }, { id: 'd' }),
  ]
  const compiled = compilePlan({ operations }, standardOperations({ root: '.' }))
  assert.is(compiled._tag, 'Right')
  const edges = compiled._tag === 'Right' ? compiled.right.graph.edges() : []
  assert.equal(
    edges.filter(({ from }) => from !== 'init').map(({ from, to, kind }) => [from, to, kind]),
    [['a', 'c', 'order']],
  )
  assert.equal(
    edges.filter(({ kind }) => kind === 'effect').map(({ from, to }) => [from, to]),
    [
      ['init', 'a'],
      ['init', 'b'],
      ['init', 'c'],
      ['init', 'd'],
    ],
  )
})

test('a task for a named agent needs the spawn of that agent', async () => {
  const operations = [
    swarm('init', { maxAgents: 1 }),
    swarm('spawn', { type: 'coder', name: 'ada' }, { id: 'ada' }),
    swarm('spawn', { type: 'coder', name: 'bob' }, { id: 'bob' }),
    swarm('assign', { agent: 'bob', task: { type: 'file', operation: 'list', params: { path: '.' } } }, { id: 'work' }),
  ]
  const { events } = await told(operations, standardOperations({ root: tempTree() }))
  const skipped = events.flatMap((event) => (event.type === 'operation-skipped' ? [[event.id, event.because]] : []))
  assert.equal(skipped, [['work', ['bob']]])
})

test('without an init, everything that uses the swarm says that there is none', async () => {
  const { errors } = await told([swarm('spawn', { type: 'coder' }, { id: 'spawn' })], standardOperations({ root: tempTree() }))
  assert.equal(errors, {
    spawn: 'swarm: no swarm is called "main". There is none at the moment. Make one with swarm init, or give the name or id of another.',
  })
})

test.run()
