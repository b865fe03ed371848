import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { AgentKindOptions } from '../../../src/operations/agent/agentKind.js'
import type { AgentsOptions } from '../../../src/operations/swarm/agents.js'
import type { TextTask } from '../../../src/operations/agent/runner.js'
import { tempTree } from '../../support/tempTree.js'
import { withServer } from '../http/httpAttempt.js'
import { agentsIn, operationsIn, told } from '../swarm/swarmRun.js'
import { fakeRunner } from './agentAttempt.js'

const test = suite('a conversation about a task')

const run = (params: object): object => ({
  id: 'run',
  type: 'agent',
  operation: 'run',
  params: { agent: 'poet', task: 'of bees', ...params },
})

/** Runs one task with a runner that says these texts, one a turn, and keeps what it was given. */
async function converse(said: readonly unknown[], kind: AgentKindOptions = {}, params: object = {}, more: Partial<AgentsOptions> = {}) {
  const root = tempTree({ 'a.txt': 'hello' })
  const given: TextTask[] = []
  const script = (task: TextTask): unknown => {
    given.push({ ...task, turns: [...task.turns] })
    return said[given.length - 1] ?? 'nothing more was expected'
  }
  const held = agentsIn(root, { ...more, kinds: { poet: { ...kind, runner: { type: 'fn', run: script } } } })
  const { values, failures } = await told([run(params)], operationsIn(root, held))
  return { value: values['run'], error: failures['run'], given }
}

const list = { type: 'array', items: { type: 'string' }, minItems: 1 }

test('an answer that fits the schema of its kind is data, and the text of the reply stays', async () => {
  const { value, given } = await converse([{ text: '```json\n["one", "two"]\n```' }], { answer: list })
  assert.equal(value, { answer: ['one', 'two'], text: '```json\n["one", "two"]\n```' })
  assert.is(given.length, 1)
})

test('an answer that does not fit is asked for once more, with its faults', async () => {
  const { value, given } = await converse([{ text: '["one", 2]' }, { text: '["one", "two"]' }], { answer: list })
  assert.equal(value, { answer: ['one', 'two'], text: '["one", "two"]' })
  assert.equal(given[1]?.turns, [
    { by: 'agent', text: '["one", 2]' },
    {
      by: 'asker',
      text: 'Your answer does not fit:\n- 1: Instance type "number" is invalid. Expected "string".\nSend the whole answer again, as JSON alone.',
    },
  ])
})

test('an answer that does not fit twice is a failure, not a value', async () => {
  const { error, given } = await converse([{ text: 'Sure!' }, { text: '[]' }, { text: '["late"]' }], { answer: list })
  assert.is(error?.type, 'agent-error')
  assert.match(error?.message ?? '', /does not fit the schema of its kind:\n- the answer: Array has too few items/)
  assert.is(given.length, 2)
})

test('a function may give its answer as it is', async () => {
  const { value } = await converse([['one']], { answer: list })
  assert.equal(value, { answer: ['one'] })
})

test('a check that fails goes back to the agent, and its work is accepted once every check holds', async () => {
  const root = tempTree()
  const { writeFile } = await import('node:fs/promises')
  const turns: number[] = []
  const held = agentsIn(root, {
    kinds: {
      poet: {
        runner: {
          type: 'fn',
          async run(task) {
            turns.push(task.turns.length)
            if (task.turns.length > 0) await writeFile(`${root}/verse.txt`, 'bzz')
            return { text: 'written' }
          },
        },
      },
    },
  })
  const accept = { operations: [{ type: 'file', operation: 'read', params: { path: 'verse.txt' } }] }
  const { values, errors, events } = await told([run({ accept })], operationsIn(root, held))
  assert.equal(errors, {})
  assert.equal(values['run'], { text: 'written' })
  assert.equal(turns, [0, 2])
  const checks = events.flatMap((event) => (event.type === 'operation-succeeded' && event.id.includes('.check') ? [event.id] : []))
  assert.equal(checks, ['run[poet].turn1.check1', 'run[poet].turn2.check1'])
})

test('work that is never accepted fails with the check, after as many tries as it may have', async () => {
  const accept = { operations: [{ type: 'file', operation: 'read', params: { path: 'verse.txt' } }], tries: 2 }
  const { error, given } = await converse([{ text: 'done' }, { text: 'done again' }, { text: 'third' }], {}, { accept })
  assert.is(error?.type, 'agent-error')
  assert.match(error?.message ?? '', /^The work of the agent "poet" was not accepted, 2 times: file\.read failed: /)
  assert.is(given.length, 2)
})

test('a check with a fault is found before the agent begins', async () => {
  const accept = { operations: [{ type: 'file', operation: 'raed', params: {} }] }
  const { error, given } = await converse([{ text: 'done' }], {}, { accept })
  assert.is(error?.type, 'invalid-params')
  assert.match(error?.message ?? '', /params\.accept\.operations\[0\]\.operation: no operation type is called "file\.raed"/)
  assert.is(given.length, 0)
})

for (const [what, budget, message] of [
  ['tokens', { maxTokens: 30 }, 'it has used 40 tokens, and its limit is 30.'],
  ['cost by its prices', { maxCostUsd: 0.00005 }, 'it has cost $0.0001, and its limit is $0.00005.'],
  ['turns', { maxTurns: 1 }, 'it has used its one turn.'],
] as const)
  test(`no turn begins once the budget of ${what} is used`, async () => {
    const said = { text: 'Sure!', usage: { inputTokens: 30, outputTokens: 10 } }
    const { error, given } = await converse([said, said], { answer: list, budget, prices: { input: 1, output: 5 } })
    assert.equal([error?.type, error?.retryable, given.length], ['over-budget', false, 1])
    assert.ok(
      error?.message.startsWith(`The agent "poet" was stopped by its budget: ${message} Its last turn was not enough: `),
      error?.message,
    )
  })

test('the usage of all turns is summed', async () => {
  const said = (text: string) => ({ text, usage: { inputTokens: 30, outputTokens: 10 } })
  const { value } = await converse([said('no'), said('["one"]')], { answer: list, prices: { input: 1_000_000, output: 0 } })
  assert.equal(value, { answer: ['one'], text: '["one"]', usage: { inputTokens: 60, outputTokens: 20, costUsd: 60 } })
})

const asking = JSON.stringify({ how: 'asksFirst' })

test('an agent that asks back is answered, and goes on', async () => {
  const root = tempTree()
  const questions: unknown[] = []
  const held = agentsIn(root, {
    kinds: { coder: { runner: fakeRunner } },
    onInput: async ({ agent, kind, question }) => (questions.push([agent, kind, question]), 'main'),
  })
  const { values, errors, events } = await told([run({ agent: 'coder', task: asking })], operationsIn(root, held))
  assert.equal(errors, {})
  assert.equal(questions, [['coder', 'coder', 'Which branch?']])
  assert.equal(values['run'], { text: 'on main' })
  assert.ok(events.some((event) => event.type === 'operation-emitted' && event.name === 'input-required'))
})

test('where nobody answers, the failure carries the conversation, with which it goes on later', async () => {
  const root = tempTree()
  const held = agentsIn(root, { kinds: { coder: { runner: fakeRunner } } })
  const registry = operationsIn(root, held)
  const { failures } = await told([run({ agent: 'coder', task: asking })], registry)
  const error = failures['run']
  assert.ok(error?.type === 'agent-error' && error.needsInput === true)
  assert.match(
    error.message,
    /^The agent "coder" needs an answer before it can continue: Which branch\?\nGive the task again with "conversation": /,
  )
  const conversation = [...(error.conversation ?? []), { by: 'asker', text: 'main' }]
  const { values } = await told([run({ agent: 'coder', task: asking, conversation })], registry)
  assert.equal(values['run'], { text: 'on main' })
})

test('an endpoint is sent the instructions, the settings and the turns of the conversation', async () => {
  const bodies: Record<string, unknown>[] = []
  const headers: unknown[] = []
  const root = tempTree()
  await withServer(
    (request, response) => {
      let text = ''
      request.on('data', (part: Buffer) => (text += part.toString()))
      request.on('end', () => {
        bodies.push(JSON.parse(text) as Record<string, unknown>)
        headers.push(request.headers['x-team'])
        response.end(
          JSON.stringify({ choices: [{ message: { content: bodies.length === 1 ? 'two' : '["two"]' }, finish_reason: 'stop' }] }),
        )
      })
    },
    async (origin) => {
      const runner = { type: 'http', url: `${origin}/chat`, model: 'small' } as const
      const poet = {
        runner,
        instructions: 'Be short.',
        model: 'large',
        temperature: 0,
        maxTokens: 50,
        headers: { 'x-team': 'mill' },
        answer: list,
      }
      const { values } = await told([run({})], operationsIn(root, agentsIn(root, { kinds: { poet } })))
      assert.equal((values['run'] as { answer: unknown }).answer, ['two'])
    },
  )
  const system = `Be short.\n\nAnswer with JSON alone, without any other text. It must match this JSON Schema:\n${JSON.stringify(list)}`
  assert.equal(headers, ['mill', 'mill'])
  const { model, temperature, max_tokens, messages } = bodies[1] ?? {}
  assert.equal([model, temperature, max_tokens], ['large', 0, 50])
  assert.equal((messages as readonly object[]).slice(0, 3), [
    { role: 'system', content: system },
    { role: 'user', content: 'of bees' },
    { role: 'assistant', content: 'two' },
  ])
})

test.run()
