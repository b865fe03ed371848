import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { firstValueFrom, filter, lastValueFrom } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { tempTree } from '../../support/tempTree.js'
import { noneLeft } from '../shell/shellAttempt.js'
import { agentsIn, file, operationsIn, told } from '../swarm/swarmRun.js'
import { fakeRunner, pidIn } from './agentAttempt.js'

const test = suite('agent.run')

const run = (agent: string, task: unknown, settings: object = {}): object => ({
  id: 'run',
  type: 'agent',
  operation: 'run',
  params: { agent, task },
  ...settings,
})
const read = (path: unknown): object => ({ type: 'file', operation: 'read', params: { path } })

test('an agent performs an operation of its kind, as a child operation of its own name', async () => {
  const root = tempTree({ 'a.txt': 'hello' })
  const { values, events } = await told([run('researcher', read('a.txt'))], operationsIn(root, agentsIn(root)))
  assert.is((values['run'] as { content: string }).content, 'hello')
  const ready = events.flatMap((event) => (event.type === 'operation-ready' ? [[event.id, event.name, event.parent]] : []))
  assert.equal(ready, [
    ['run', 'agent.run', undefined],
    ['run[researcher]', 'file.read', 'run'],
  ])
})

test('what its task reads is waited for, and references in it are results', async () => {
  const root = tempTree()
  const operations = [
    file('write', { path: 'name.txt', content: 'b.txt' }),
    file('write', { path: 'b.txt', content: 'found' }),
    file('read', { path: 'name.txt' }, { id: 'name' }),
    run('researcher', read({ $ref: 'name.content' })),
  ]
  const { values, errors } = await told(operations, operationsIn(root, agentsIn(root)))
  assert.equal(errors, {})
  assert.is((values['run'] as { content: string }).content, 'found')
})

for (const [title, task, expected] of [
  [
    'outside its kind',
    { type: 'file', operation: 'write', params: { path: 'x', content: '' } },
    'Agents of kind "researcher" are not allowed to perform "file.write"; they can perform file.read, file.list, file.glob, file.stat, file.search, http.request. Choose another kind, or allow it in the config: "agents": {"researcher": {"allow": ["file.write"]}}.',
  ],
  [
    'that there is not',
    { type: 'file', operation: 'raed' },
    'params.task.operation: no operation type is called "file.raed".\nDid you mean "file.read"?',
  ],
  ['with params that do not fit', { type: 'file', operation: 'read', params: {} }, 'params.task.params: "file.read" needs "path" here.'],
  [
    'that sets others to work',
    { type: 'swarm', operation: 'assign', params: { task: 'x' } },
    'params.task: "swarm.assign" gives work to others, which an agent cannot do. Make it an operation of the batch itself.',
  ],
  [
    'in words, without a runner',
    'find it',
    'Agents of kind "researcher" have no runner, and cannot do a task given in words. Give the agent an operation, or add a runner to the config (--config FILE): "agents": {"researcher": {"runner": {"preset": "claude"}}}, or {"command": ["my-agent"]}, or {"url": …, "model": …}.',
  ],
] as const)
  test(`a task ${title} is refused before anything begins`, async () => {
    const root = tempTree()
    const { errors, events } = await told([run('researcher', task)], operationsIn(root, agentsIn(root)))
    assert.ok(errors['run']?.startsWith(expected), errors['run'])
    assert.not.ok(events.some((event) => 'parent' in event && event.parent !== undefined))
  })

test('a kind that there is not is a fault of the plan', async () => {
  const root = tempTree()
  const held = operationsIn(root, agentsIn(root))
  const error: unknown = await lastValueFrom(runBatch([run('plumber', 'x')], { operations: held })).catch((thrown: unknown) => thrown)
  assert.match(
    error instanceof Error ? error.message : '',
    'operations[0].params.agent: expected one of researcher, coder, analyst, tester, architect, coordinator for "agent.run", received "plumber".',
  )
})

test('a function can be the runner, and what it gives is the value', async () => {
  const root = tempTree()
  const held = agentsIn(root, {
    kinds: {
      poet: { runner: { type: 'fn', run: ({ text, agent }, context) => (context.output('stdout', 'hm'), { verse: `${agent}: ${text}` }) } },
    },
  })
  const registry = operationsIn(root, held)
  const { values, events } = await told([run('poet', 'of bees')], registry)
  assert.equal(values['run'], { verse: 'poet: of bees' })
  assert.ok(events.some((event) => event.type === 'operation-output' && event.id === 'run[poet]' && event.text === 'hm'))
})

test('a program can be the runner: its time limit ends its whole group, and it may be tried again', async () => {
  const root = tempTree()
  // A shell: within its time limit it has to have said its number.
  const command = ['sh', '-c', 'trap "" TERM; echo "pid $$"; while :; do sleep 1; done']
  const held = agentsIn(root, {
    kinds: { coder: { runner: { type: 'process', command, format: 'text', cwd: '.' } } },
    limits: { graceMs: 150 },
  })
  const { events } = await told([run('coder', 'Stay.', { timeoutMs: 2_000, retry: { attempts: 2, delayMs: 0 } })], operationsIn(root, held))
  const pids = events.flatMap((event) => (event.type === 'operation-output' ? [pidIn(event.text)] : []))
  assert.is(pids.length, 2)
  await noneLeft(pids)
  const ends = events.flatMap((event) =>
    'parent' in event && event.parent === 'run' && /cancelled|failed$/.test(event.type) ? [event.id] : [],
  )
  assert.equal([...new Set(ends)], ['run[coder]', 'run[coder]#2'])
})

test('no more programs run at once than maxProcesses says', async () => {
  const root = tempTree()
  const command = [process.execPath, '-e', 'process.stdin.resume().on("end", () => setTimeout(() => console.log("x"), 100))']
  const held = agentsIn(root, { kinds: { coder: { runner: { type: 'process', command, format: 'text' } } }, maxProcesses: 1 })
  const operations = [1, 2, 3].map((n) => run('coder', `task ${n}`, { id: `run${n}` }))
  const { events, errors } = await told(operations, operationsIn(root, held))
  assert.equal(errors, {})
  let most = 0
  let now = 0
  for (const event of events)
    if ('parent' in event && event.parent !== undefined) {
      if (event.type === 'attempt-started') most = Math.max(most, ++now)
      else if (event.type === 'operation-succeeded') now--
    }
  assert.is(most, 1)
})

test('unsubscribing leaves no program', async () => {
  const root = tempTree()
  const held = agentsIn(root, { kinds: { coder: { runner: fakeRunner } }, limits: { graceMs: 150 } })
  const events$ = runBatch([run('coder', JSON.stringify({ how: 'neverEnds' }))], { operations: operationsIn(root, held) })
  const told = await firstValueFrom(events$.pipe(filter((event) => event.type === 'operation-output')))
  const pid = told.type === 'operation-output' ? pidIn(told.text) : 0
  assert.ok(pid > 0)
  await noneLeft([pid])
})

test.run()
