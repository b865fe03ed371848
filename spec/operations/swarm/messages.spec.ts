import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tempTree } from '../../support/tempTree.js'
import { agentsIn, operationsIn, swarm, told } from './swarmRun.js'

const test = suite('messages in a swarm')

const message = (id: string, params: object): object => swarm('message', params, { id })

/** The mailbox of each agent, as texts `from: body`. */
function mailboxes(status: unknown): readonly string[] {
  const { agents } = status as { readonly agents: readonly { readonly messages: readonly { from?: string; body: unknown }[] }[] }
  return agents.flatMap(({ messages }) => messages.map(({ from = '-', body }) => `${from}: ${String(body)}`))
}

const four = (topology: string): readonly object[] => [
  swarm('init', { topology }),
  ...['a', 'b', 'c', 'd'].map((name) => swarm('spawn', { type: 'coder', name })),
]
const looks = ['a', 'b', 'c', 'd'].map((agent) => swarm('status', { agent }, { id: `look-${agent}` }))

async function delivered(operations: readonly object[], options: object = {}) {
  const root = tempTree()
  const run = await told([...operations, ...looks], operationsIn(root, agentsIn(root, options)))
  return { ...run, boxes: ['a', 'b', 'c', 'd'].map((name) => mailboxes(run.values[`look-${name}`])) }
}

test('a ring passes a message hop by hop, to exactly those it should', async () => {
  const { boxes, errors, values } = await delivered([
    ...four('ring'),
    message('one', { from: 'a', to: 'b', body: 'go' }),
    message('two', { from: 'b', to: 'all', body: 'go' }),
    message('three', { from: 'c', to: 'd', body: 'go' }),
    message('four', { from: 'd', to: 'a', body: 'go' }),
  ])
  assert.equal(errors, {})
  assert.equal(boxes, [['d: go'], ['a: go'], ['b: go'], ['c: go']])
  assert.equal(values['two'], { delivered: [{ id: 'm2', to: 'c' }] })
})

test('a ring has no way back, and none across', async () => {
  const { boxes, errors } = await delivered([
    ...four('ring'),
    message('back', { from: 'b', to: 'a', body: 'x' }),
    message('across', { from: 'a', to: ['b', 'c'], body: 'x' }),
  ])
  assert.equal(boxes, [[], [], [], []])
  assert.equal(errors, {
    back: 'to: in the swarm "main" (ring) there is no edge from "b" to "a"; nothing was delivered. It can write to "c".',
    across: 'to: in the swarm "main" (ring) there is no edge from "a" to "c"; nothing was delivered. It can write to "b".',
  })
})

test('spokes of a star cannot talk to each other, only to the hub', async () => {
  const { boxes, errors } = await delivered([
    ...four('star'),
    message('spokes', { from: 'b', to: 'c', body: 'psst' }),
    message('hub', { from: 'b', to: 'a', body: 'hello' }),
    message('all', { from: 'a', to: 'all', body: 'listen' }),
  ])
  assert.equal(errors, {
    spokes: 'to: in the swarm "main" (star) there is no edge from "b" to "c"; nothing was delivered. It can write to "a".',
  })
  assert.equal(boxes, [['b: hello'], ['a: listen'], ['a: listen'], ['a: listen']])
})

test('whoever runs the batch may write to everyone, in the order of the list', async () => {
  const { boxes, emitted } = await delivered([
    ...four('ring'),
    message('x', { to: 'all', body: 1 }),
    message('y', { to: ['d', 'd', 'a'], body: 2 }),
  ])
  assert.equal(boxes, [['-: 1', '-: 2'], ['-: 1'], ['-: 1'], ['-: 1', '-: 2']])
  assert.equal(
    emitted('message-delivered').map(({ to, message: id }) => [to, id]),
    [
      ['a', 'm1'],
      ['b', 'm2'],
      ['c', 'm3'],
      ['d', 'm4'],
      ['d', 'm5'],
      ['a', 'm6'],
    ],
  )
})

test('a full mailbox is an event and an error, and nobody gets the message', async () => {
  const { boxes, errors, emitted } = await delivered(
    [
      ...four('mesh'),
      message('one', { to: 'b', body: 1 }),
      message('two', { to: 'b', body: 2 }),
      message('three', { to: ['a', 'b'], body: 3 }),
    ],
    { mailboxLimit: 2 },
  )
  assert.equal(boxes, [[], ['-: 1', '-: 2'], [], []])
  const text =
    'The mailbox of "b" in the swarm "main" holds 2 messages, which is the most; nothing was delivered. An agent takes its messages with its next task in words.'
  assert.equal(errors, { three: text })
  assert.equal(
    emitted('mailbox-full').map(({ limit, message: said }) => [limit, said]),
    [[2, text]],
  )
})

test('an agent that there is not is named, with the nearest one', async () => {
  const root = tempTree()
  const operations = [swarm('init'), swarm('spawn', { type: 'coder', name: 'alice' }), message('m', { to: 'alcie', body: 1 })]
  const { errors } = await told(operations, operationsIn(root, agentsIn(root)))
  assert.equal(errors, { m: 'to: no agent of the swarm "main" is called "alcie". Did you mean "alice"? It has "alice".' })
})

test('a runner is given the messages with its next task, and may send some along edges', async () => {
  const root = tempTree()
  const kinds = {
    poet: {
      runner: {
        type: 'fn' as const,
        run: ({
          messages,
          send,
          agent,
        }: {
          messages: readonly { body: unknown }[]
          send?: (to: string, body: unknown) => void
          agent: string
        }) => {
          if (agent === 'a') send?.('b', `from a, who got ${messages.length}`)
          return messages.map(({ body }) => body)
        },
      },
    },
  }
  const operations = [
    swarm('init', { topology: 'ring' }),
    swarm('spawn', { type: 'poet', name: 'a' }),
    swarm('spawn', { type: 'poet', name: 'b' }),
    message('m', { to: 'a', body: 'hello' }),
    swarm('assign', { agent: 'a', task: 'write' }, { id: 'a', dependencies: ['m'] }),
    swarm('assign', { agent: 'b', task: 'write' }, { id: 'b', dependencies: ['a'] }),
    swarm('status', { agent: 'a' }, { id: 'look' }),
  ]
  const { values, errors } = await told(operations, operationsIn(root, agentsIn(root, { kinds })))
  assert.equal(errors, {})
  assert.equal([values['a'], values['b']], [['hello'], ['from a, who got 1']])
  assert.equal(mailboxes(values['look']), [])
})

test.run()
