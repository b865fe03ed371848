import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tempTree } from '../../support/tempTree.js'
import { withServer } from '../http/httpAttempt.js'
import { agentsIn, operationsIn, swarm, told } from './swarmRun.js'

const test = suite('swarm.coordinate')

const list = { type: 'array', items: { type: 'string' } }
const init = swarm('init', { topology: 'mesh' })
const poets = swarm('spawn', { type: 'poet', count: 2 })
const poet = {
  runner: {
    type: 'fn',
    run: ({ text }: { readonly text: string }) => {
      if (text === 'bad') throw new Error('no rhyme')
      return { text: `a verse ${text}` }
    },
  },
} as const

const held = (kinds: object = { poet }) => agentsIn(tempTree(), { kinds: kinds as never })

test('each task gives its outcome, in the order of the tasks', async () => {
  const { values } = await told(
    [init, poets, swarm('coordinate', { tasks: ['of bees', 'of trees'] }, { id: 'c' })],
    operationsIn('.', held()),
  )
  assert.equal(values['c'], {
    results: [
      { type: 'succeeded', agent: 'poet-1', value: { text: 'a verse of bees' } },
      { type: 'succeeded', agent: 'poet-2', value: { text: 'a verse of trees' } },
    ],
  })
})

test('a task that fails fails the whole, unless what succeeded is to be kept', async () => {
  const tasks = ['of bees', 'bad', 'of trees']
  const failing = await told([init, poets, swarm('coordinate', { tasks }, { id: 'c' })], operationsIn('.', held()))
  assert.match(failing.errors['c'] ?? '', /^1 of 3 tasks did not succeed; the first is "c\[1\]" of "poet-[12]": Error: no rhyme$/)
  const kept = await told([init, poets, swarm('coordinate', { tasks, onTaskFailure: 'keep' }, { id: 'c' })], operationsIn('.', held()))
  const { results } = kept.values['c'] as { readonly results: readonly { readonly type: string; readonly error?: unknown }[] }
  assert.equal(
    results.map(({ type }) => type),
    ['succeeded', 'failed', 'succeeded'],
  )
  assert.equal(results[1]?.error, { type: 'thrown', message: 'Error: no rhyme' })
})

test('a whole that fails by its tasks is no cause beside them, and what waits for it names the task', async () => {
  const after = { id: 'after', type: 'file', operation: 'list', params: { path: '.' }, dependencies: ['c'] }
  const operations = [init, poets, swarm('coordinate', { tasks: ['bad', 'of trees'] }, { id: 'c' }), after]
  const { events } = await told(operations, operationsIn('.', held()))
  const skipped = events.find((event) => event.type === 'operation-skipped')
  assert.equal(skipped?.type === 'operation-skipped' && skipped.because, ['c[0]'])
  const finished = events.at(-1)
  assert.ok(finished?.type === 'run-finished')
  assert.equal(
    finished.summary.rootCauses.map(({ id, blocked }) => [id, blocked]),
    [['c[0]', 1]],
  )
  assert.is(finished.summary.rootCausesOmitted, 0)
  assert.is(finished.summary.counts.failed, 2)
})

test('of a sequence that is to be kept, what comes after a failure says that it was not begun', async () => {
  const params = { tasks: ['bad', 'of trees'], strategy: 'sequential', onTaskFailure: 'keep' }
  const { values } = await told([init, poets, swarm('coordinate', params, { id: 'c' })], operationsIn('.', held()))
  const { results } = values['c'] as { readonly results: readonly { readonly type: string }[] }
  assert.equal(
    results.map(({ type }) => type),
    ['failed', 'not-begun'],
  )
})

test('the list that a planner gives becomes the tasks of others, whatever runs the planner', async () => {
  const planned = '["of bees", "of trees"]'
  const program = {
    type: 'process',
    command: [process.execPath, '-e', `console.log(${JSON.stringify(JSON.stringify({ type: 'result', text: planned }))})`],
    format: 'ndjson',
  }
  const coordinateWith = async (runner: object): Promise<unknown> => {
    const registry = operationsIn('.', held({ poet, planner: { runner, answer: list } }))
    const plan = { id: 'plan', type: 'agent', operation: 'run', params: { agent: 'planner', task: 'Plan it.' } }
    const { values } = await told([init, poets, plan, swarm('coordinate', { tasks: { $ref: 'plan.answer' } }, { id: 'c' })], registry)
    return (values['c'] as { results: readonly { value: unknown }[] }).results.map(({ value }) => value)
  }
  const expected = [{ text: 'a verse of bees' }, { text: 'a verse of trees' }]
  assert.equal(await coordinateWith({ type: 'fn', run: () => ['of bees', 'of trees'] }), expected)
  assert.equal(await coordinateWith(program), expected)
  await withServer(
    (_, response) => response.end(JSON.stringify({ choices: [{ message: { content: planned }, finish_reason: 'stop' }] })),
    async (origin) => assert.equal(await coordinateWith({ type: 'http', url: `${origin}/chat`, model: 'm' }), expected),
  )
})

test('a check holds for the work of each task', async () => {
  const tries: string[] = []
  const counting = { runner: { type: 'fn', run: ({ text }: { readonly text: string }) => (tries.push(text), { text }) } }
  const accept = { operations: [{ type: 'file', operation: 'read', params: { path: 'never.txt' } }], tries: 2 }
  const params = {
    tasks: ['a', { task: 'b', accept: { operations: [{ type: 'file', operation: 'list', params: { path: '.' } }] } }],
    accept,
  }
  const root = tempTree()
  const registry = operationsIn(root, agentsIn(root, { kinds: { poet: counting as never } }))
  const { errors } = await told([init, poets, swarm('coordinate', params, { id: 'c' })], registry)
  assert.match(errors['c'] ?? '', /^1 of 2 tasks did not succeed; .*was not accepted, 2 times: file\.read failed/)
  assert.equal(tries.toSorted(), ['a', 'a', 'b'])
})

test.run()
