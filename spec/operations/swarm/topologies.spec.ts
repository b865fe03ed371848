import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loads } from '../../../src/operations/swarm/members/loads.js'
import { hierarchical } from '../../../src/operations/swarm/topology/hierarchical.js'
import { mesh } from '../../../src/operations/swarm/topology/mesh.js'
import { ring } from '../../../src/operations/swarm/topology/ring.js'
import { star } from '../../../src/operations/swarm/topology/star.js'
import type { Topology } from '../../../src/operations/swarm/topology/topology.js'
import { tempTree } from '../../support/tempTree.js'
import { agentsIn, operationsIn, swarm, told } from './swarmRun.js'

const test = suite('topologies')

/** Whom each of six agents may write to. */
const edges = ({ linked }: Topology): readonly string[] =>
  [0, 1, 2, 3, 4, 5].map((from) => [0, 1, 2, 3, 4, 5].filter((to) => to !== from && linked(from, to, 6)).join(''))

test('each has its edges', () => {
  assert.equal(edges(mesh), ['12345', '02345', '01345', '01245', '01235', '01234'])
  assert.equal(edges(star), ['12345', '0', '0', '0', '0', '0'])
  assert.equal(edges(ring), ['1', '2', '3', '4', '5', '0'])
  assert.equal(edges(hierarchical), ['1234', '05', '0', '0', '0', '1'])
})

const list = { type: 'file', operation: 'list', params: { path: '.' } }

for (const [topology, expected] of [
  ['mesh', ['coder-1', 'coder-2', 'coder-3', 'coder-4', 'coder-5', 'coder-6']],
  ['star', ['coder-2', 'coder-3', 'coder-4', 'coder-5', 'coder-6', 'coder-2']],
  ['ring', ['coder-1', 'coder-2', 'coder-3', 'coder-4', 'coder-5', 'coder-6']],
  ['hierarchical', ['coder-3', 'coder-4', 'coder-5', 'coder-6', 'coder-3', 'coder-4']],
] as const)
  test(`${topology}: six tasks for six agents go where its rule says`, async () => {
    const root = tempTree()
    const operations = [
      swarm('init', { topology }),
      swarm('spawn', { type: 'coder', count: 6 }),
      swarm('coordinate', { tasks: Array.from({ length: 6 }, () => list) }),
    ]
    const { emitted, errors } = await told(operations, operationsIn(root, agentsIn(root)))
    assert.equal(errors, {})
    assert.equal(
      emitted('task-assigned').map(({ agent }) => agent),
      expected,
    )
  })

test('a task goes only to those that may do it', async () => {
  const root = tempTree()
  for (const topology of ['mesh', 'star', 'ring', 'hierarchical']) {
    const write = { type: 'file', operation: 'write', params: { path: 'x', content: '' } }
    const operations = [
      swarm('init', { topology }),
      swarm('spawn', { type: 'researcher', count: 5, name: 'r' }),
      swarm('spawn', { type: 'coder', name: 'c' }),
      swarm('spawn', { type: 'researcher', count: 5, name: 's' }),
      swarm('coordinate', { tasks: [write, write], strategy: 'sequential' }),
    ]
    const { emitted, errors } = await told(operations, operationsIn(root, agentsIn(root)))
    assert.equal(errors, {})
    assert.equal(
      emitted('task-assigned').map(({ agent }) => agent),
      ['c', 'c'],
      topology,
    )
  }
})

test('one of your own is an edge predicate and a rule', async () => {
  const root = tempTree()
  const line: Topology = { name: 'line', linked: (from, to) => to === from + 1, route: ({ size }) => size - 1 }
  const operations = [
    swarm('init', { topology: 'line' }),
    swarm('spawn', { type: 'coder', count: 3 }),
    swarm('assign', { task: list }),
    swarm('message', { from: 'coder-3', to: 'coder-1', body: 'hi' }, { id: 'back' }),
  ]
  const { emitted, errors } = await told(operations, operationsIn(root, agentsIn(root, { topologies: [line] })))
  assert.equal(
    emitted('task-assigned').map(({ agent }) => agent),
    ['coder-3'],
  )
  assert.equal(errors, {
    back: 'to: in the swarm "main" (line) there is no edge from "coder-3" to "coder-1"; nothing was delivered. It can write to no agent.',
  })
})

test('the least busy is found among very many, as by looking at each', () => {
  const busy = loads()
  const plain: number[] = []
  let random = 7
  const next = (below: number): number => (random = (random * 48_271) % 2_147_483_647) % below
  for (let step = 0; step < 3_000; step++) {
    if (plain.length < 100 || next(10) === 0) {
      busy.add()
      plain.push(0)
    } else {
      const index = next(plain.length)
      const by = plain[index]! > 0 && next(2) === 0 ? -1 : 1
      busy.change(index, by)
      plain[index]! += by
    }
    const from = next(plain.length + 2)
    const rest = plain.slice(from)
    assert.is(busy.least(from), rest.length === 0 ? -1 : from + rest.indexOf(Math.min(...rest)))
  }
})

test.run()
