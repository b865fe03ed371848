import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tempTree } from '../../support/tempTree.js'
import { fakeRunner, pidIn } from '../agent/agentAttempt.js'
import { isRunning } from '../shell/shellAttempt.js'
import { agentsIn, operationsIn, swarm, told, type Told } from './swarmRun.js'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { BatchEvent } from '../../../src/model/event.js'

const test = suite('the life of a swarm')

const list = { type: 'file', operation: 'list', params: { path: '.' } }

test('the eleventh spawn into ten places fails alone', async () => {
  const root = tempTree()
  const operations = [
    swarm('init', { maxAgents: 10 }),
    ...Array.from({ length: 11 }, (_, n) => swarm('spawn', { type: 'coder' }, { id: `spawn${n + 1}` })),
    swarm('assign', { task: list }, { id: 'work' }),
    swarm('status', {}, { id: 'status' }),
  ]
  const { errors, values } = await told(operations, operationsIn(root, agentsIn(root)))
  assert.equal(errors, {
    spawn11:
      'The swarm "main" has 10 of at most 10 agents, and one more cannot be spawned. Make the swarm with a greater maxAgents, or spawn fewer.',
  })
  assert.is((values['status'] as { live: number }).live, 10)
  assert.ok('work' in values)
})

test('a spawn of several is all of them or none, and a name is given once', async () => {
  const root = tempTree()
  const operations = [
    swarm('init', { maxAgents: 3 }),
    swarm('spawn', { type: 'coder', count: 2, name: 'x' }, { id: 'two' }),
    swarm('spawn', { type: 'tester', count: 2 }, { id: 'many' }),
    swarm('spawn', { type: 'tester', name: 'x-1' }, { id: 'again' }),
    swarm('spawn', {}, { id: 'what' }),
    swarm('spawn', { type: 'coder', agentType: 'coder' }, { id: 'twice' }),
  ]
  const { errors, values } = await told(operations, operationsIn(root, agentsIn(root)))
  assert.equal((values['two'] as { agents: unknown }).agents, ['x-1', 'x-2'])
  assert.equal(errors, {
    many: 'The swarm "main" has 2 of at most 3 agents, and 2 more cannot be spawned. Make the swarm with a greater maxAgents, or spawn fewer.',
    again: 'name: an agent of the swarm "main" is already called "x-1". Give another name, or none.',
    what: 'params.type: the kind of agent to spawn is missing. There are researcher, coder, analyst, tester, architect, coordinator.',
    twice: 'params.agentType: it is another name for type, and both are given. Keep one of them.',
  })
})

test('a swarm outlives its batch, is found by id and by name in a later one, and is gone once terminated', async () => {
  const root = tempTree()
  const held = agentsIn(root)
  const first = await told([swarm('init', {}, { id: 'init' }), swarm('spawn', { type: 'coder' })], operationsIn(root, held))
  const { id } = first.values['init'] as { readonly id: string }
  const second = await told(
    [swarm('assign', { swarm: id, task: list }, { id: 'a' }), swarm('status', {}, { id: 's' })],
    operationsIn(root, held),
  )
  assert.equal(second.errors, {})
  const { agents } = second.values['s'] as { agents: unknown }
  assert.equal(agents, [{ name: 'coder-1', type: 'coder', state: 'completed', mailbox: 0, waiting: 0, ended: 1 }])
  const third = await told([swarm('terminate', { swarm: id }, { id: 'end' })], operationsIn(root, held))
  assert.equal(third.values['end'], { swarm: id, agents: 1 })
  const fourth = await told([swarm('status', { swarm: id }, { id: 's' })], operationsIn(root, held))
  assert.match(fourth.errors['s'] ?? '', `swarm: no swarm is called "${id}".`)
})

test('two batches at the same time each mean their own swarm by the same name', async () => {
  const root = tempTree()
  const held = agentsIn(root)
  const batch = (count: number) =>
    told([swarm('init'), swarm('spawn', { type: 'coder', count }), swarm('status', {}, { id: 's' })], operationsIn(root, held))
  const both = await Promise.all([batch(2), batch(3)])
  assert.equal(
    both.map(({ values }) => (values['s'] as { live: number }).live),
    [2, 3],
  )
})

test('an idle swarm ends by itself, one that is used does not', async () => {
  const root = tempTree()
  const held = agentsIn(root, { idleMs: 2_000 })
  const registry = operationsIn(root, held)
  await told([swarm('init', { name: 'used' }), swarm('init', { name: 'idle' }), swarm('spawn', { swarm: 'used', type: 'coder' })], registry)
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setTimeout(resolve, 600))
    await told([swarm('assign', { swarm: 'used', task: list })], registry)
  }
  const { errors } = await told(
    [swarm('status', { swarm: 'used' }, { id: 'used' }), swarm('status', { swarm: 'idle' }, { id: 'idle' })],
    registry,
  )
  assert.equal(Object.keys(errors), ['idle'])
})

test('terminate from another batch stops programs at work, refuses what waits, and leaves no process', async () => {
  const root = tempTree()
  const held = agentsIn(root, { kinds: { coder: { runner: fakeRunner } }, limits: { graceMs: 150 } })
  const events: BatchEvent[] = []
  const task = JSON.stringify({ how: 'ignoresTerm' })
  const operations = [
    swarm('init'),
    swarm('spawn', { type: 'coder' }),
    swarm(
      'coordinate',
      {
        tasks: [
          { task, agent: 'coder-1' },
          { task: 'never begun', agent: 'coder-1' },
        ],
        strategy: 'sequential',
      },
      { id: 'c' },
    ),
  ]
  let pid = 0
  let terminated: Promise<{ readonly from: Told; readonly left: boolean }> | undefined
  await new Promise<void>((resolve, reject) => {
    runBatch({ operations: operations as never }, { operations: operationsIn(root, held) }).subscribe({
      next(event) {
        events.push(event)
        if (event.type !== 'operation-output' || pid !== 0) return
        pid = pidIn(event.text)
        const ending = [swarm('status', {}, { id: 's' }), swarm('terminate', {}, { id: 'end' })]
        terminated = told(ending, operationsIn(root, held)).then((from) => ({ from, left: isRunning(pid) }))
        terminated.catch(reject)
      },
      error: reject,
      complete: resolve,
    })
  })
  const { from, left } = await terminated!
  assert.equal(from.errors, {})
  assert.equal(
    (from.values['s'] as { agents: readonly { pid: number; state: string }[] }).agents.map((one) => [one.pid, one.state]),
    [[pid, 'working']],
  )
  assert.not(left, 'terminate was expected to wait for the program')
  const failure = events.find((event) => event.type === 'operation-failed' && event.id === 'c')
  assert.match(
    failure?.type === 'operation-failed' ? failure.error.message : '',
    '1 of 2 tasks did not succeed, and 1 were not started; the first is "c[0]" of "coder-1"',
  )
  assert.not(isRunning(pid))
})

test('rollback ends the swarm that its init made', async () => {
  const root = tempTree()
  const held = agentsIn(root)
  const operations = [swarm('init', { name: 'undone' }), { type: 'file', operation: 'read', params: { path: 'none' } }]
  const plan = { operations: operations as never, onFailure: 'rollback' as const }
  const events = await lastValueFrom(runBatch(plan, { operations: operationsIn(root, held) }).pipe(toArray()))
  assert.ok(events.some(({ type }) => type === 'operation-undone'))
  const { errors } = await told([swarm('status', { swarm: 'undone' }, { id: 's' })], operationsIn(root, held))
  assert.match(errors['s'] ?? '', 'no swarm is called "undone". There is none at the moment.')
})

test.run()
