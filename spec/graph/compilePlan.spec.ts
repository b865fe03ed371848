import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { doubleOperations } from '../support/doubleOperations.js'
import { compiled, edgesOf } from '../support/graphs.js'

const test = suite('compilePlan')

const echo = { type: 'test', operation: 'echo' }

test('gives each operation its settings, and defaults where it has none', () => {
  const plan = compiled({
    name: 'init',
    concurrency: 4,
    timeoutMs: 1_000,
    onFailure: 'cancel',
    pools: { github: 2 },
    returns: ['b'],
    defaults: { timeoutMs: 50, retry: { attempts: 2 } },
    operations: [
      { id: 'a', ...echo },
      {
        id: 'b',
        ...echo,
        when: 'settled',
        priority: 'high',
        weight: 2,
        pool: 'github',
        timeout: 9,
        retry: { attempts: 3 },
        fallback: null,
        dependencies: ['a'],
      },
    ],
  })
  const { graph, pools, ...settings } = plan
  assert.equal(settings, { name: 'init', concurrency: 4, timeoutMs: 1_000, onFailure: 'cancel', returns: ['b'], retryBudget: undefined })
  assert.equal([...pools], [['github', { limit: 2 }]])
  const shown = graph.operations.map(({ id, name, when, priority, weight, pool, timeoutMs, retry, fallback, sources, secret }) => ({
    ...{ id, name, when, priority, weight, pool, timeoutMs, retry, fallback, sources, secret },
  }))
  const common = { name: 'test.echo', sources: [], secret: false }
  assert.equal(shown, [
    {
      ...common,
      // As b that waits for it.
      ...{ id: 'a', when: 'success', priority: 'high', weight: 1, pool: undefined },
      ...{ timeoutMs: 50, retry: { attempts: 2 }, fallback: undefined },
    },
    {
      ...common,
      ...{ id: 'b', when: 'settled', priority: 'high', weight: 2, pool: 'github' },
      ...{ timeoutMs: 9, retry: { attempts: 3 }, fallback: { value: null } },
    },
  ])
})

test('takes an empty plan', () => {
  const { concurrency, onFailure, graph } = compiled({ operations: [] })
  assert.equal({ concurrency, onFailure, nodes: graph.nodes }, { concurrency: 6, onFailure: 'continue', nodes: 0 })
})

test('names operations by position where they have no id', () => {
  assert.equal(
    compiled([echo, { id: 'x', ...echo }, echo]).graph.operations.map(({ id }) => id),
    ['op1', 'x', 'op3'],
  )
})

test('takes __proto__ and constructor as ids', () => {
  const plan = [
    { id: '__proto__', ...echo },
    { id: 'constructor', ...echo, dependencies: ['__proto__'] },
  ]
  assert.equal(edgesOf(plan), ['__proto__>constructor explicit'])
})

test('lays edges out by the node they start at', () => {
  const { graph } = compiled([
    { id: 'a', ...echo },
    { id: 'b', ...echo, dependencies: ['a'] },
    { id: 'c', ...echo, dependencies: ['b', 'a', 'b'], params: { value: { $ref: 'a' } } },
  ])
  assert.equal(
    { waits: [...graph.waits], offsets: [...graph.offsets], targets: [...graph.targets], counts: [...graph.counts] },
    { waits: [0, 1, 2], offsets: [0, 2, 3, 3], targets: [1, 2, 2], counts: [1, 1, 1] },
  )
  assert.equal(graph.edgeCounts, { explicit: 3, reference: 0, effect: 0, order: 0 })
})

test('counts edges for the gate that need success, and no others', () => {
  const { graph } = compiled([
    { id: 'w', type: 'file', operation: 'write', params: { path: 'a', content: '' } },
    { id: 'r', type: 'file', operation: 'read', params: { path: 'a' } },
    { id: 'again', type: 'file', operation: 'write', params: { path: 'a', content: '' } },
  ])
  assert.equal(graph.edgeCounts, { explicit: 0, reference: 0, effect: 1, order: 2 })
  assert.equal([...graph.targets].map((target, edge) => `${target} ${graph.counts[edge]}`).sort(), ['1 1', '2 0', '2 0'])
})

test('leaves out what effects would add when told to', () => {
  const operations = [
    { type: 'file', operation: 'write', params: { path: 'a', content: '' } },
    { type: 'file', operation: 'read', params: { path: 'a' } },
  ]
  assert.equal(edgesOf({ operations, inferDependencies: false }), [])
  assert.equal(edgesOf({ operations, inferDependencies: true }), ['op1>op2 effect'])
})

test('does not add an effect edge beside a dependency', () => {
  assert.equal(
    edgesOf([
      { type: 'file', operation: 'write', params: { path: 'a', content: '' } },
      { type: 'file', operation: 'read', params: { path: 'a' }, dependencies: ['op1'] },
    ]),
    ['op1>op2 explicit'],
  )
})

test('infers order from the list as its dependencies arrange it', () => {
  // The read stands first, but was told to wait for the write: the list order is write, read, and nothing closes a circle.
  assert.equal(
    edgesOf([
      { id: 'read', type: 'file', operation: 'read', params: { path: 'a' }, dependencies: ['write'] },
      { id: 'write', type: 'file', operation: 'write', params: { path: 'a', content: '' } },
    ]),
    ['write>read explicit'],
  )
})

test('a path not known before the run keeps its place among all files', () => {
  assert.equal(
    edgesOf([
      { id: 'a', type: 'file', operation: 'write', params: { path: 'a', content: '' } },
      { id: 'b', type: 'file', operation: 'read', params: { path: { $ref: 'a.path' } } },
      { id: 'c', type: 'file', operation: 'write', params: { path: 'c', content: '' } },
    ]),
    ['a>b reference', 'b>c order'],
  )
})

test('a field beside a reference is known', () => {
  assert.equal(
    edgesOf([
      { id: 'a', ...echo },
      { id: 'b', type: 'file', operation: 'write', params: { path: 'x', content: { $ref: 'a' } } },
      { id: 'c', type: 'file', operation: 'read', params: { path: 'x' } },
      { id: 'd', type: 'file', operation: 'read', params: { path: 'y' } },
    ]),
    ['a>b reference', 'b>c effect'],
  )
})

test('says why each edge is there', () => {
  const reasons = compiled([
    { id: 'a', type: 'file', operation: 'write', params: { path: 'app/x', content: '' } },
    { id: 'b', type: 'file', operation: 'read', params: { path: 'app/x' } },
    { id: 'c', type: 'shell', operation: 'run', params: { command: ['ls'], cwd: 'app' }, dependencies: ['b'] },
    { id: 'd', type: 'file', operation: 'write', params: { path: { $ref: 'a.path' }, content: '' } },
    { id: 'e', type: 'file', operation: 'read', params: { path: 'app' } },
  ])
    .graph.edges()
    .map(({ from, to, kind, why }) => `${from} > ${to}: ${kind}: ${why}`)
  assert.equal(reasons, [
    'b > c: explicit: "c" lists it in its dependencies',
    'a > d: reference: "d" refers to its result',
    'a > b: effect: writes app/x, which "b" reads',
    'a > c: order: writes app/x, inside app, where "c" works',
    'b > d: order: reads app/x, inside /, which "d" can write in',
    'c > d: order: works in app, inside /, which "d" can write in',
    'd > e: order: can write in /, which holds app, which "e" reads',
  ])
})

test('asks again what operations touch only for the edges whose reason is read', () => {
  let asked = 0
  const write = doubleOperations.get('file.write')!
  const counted: typeof write = { ...write, effects: (params) => (asked++, write.effects(params)) }
  const plan = Array.from({ length: 50 }, () => ({ type: 'file', operation: 'write', params: { path: 'same', content: '' } }))
  const result = compilePlan(plan, new Map([['file.write', counted]]))
  assert.ok(result._tag === 'Right')
  const edges = result.right.graph.edges()
  assert.is(asked, 50)
  assert.equal([edges.length, edges[0]!.why, edges[0]!.resource], [49, 'writes same, which "op2" writes', 'file:same'])
  assert.is(asked, 52)
})

test('sees through joins, and tells the newest of many', () => {
  const reads = Array.from({ length: 20 }, (_, index) => ({ id: `r${index}`, type: 'file', operation: 'read', params: { path: 'app' } }))
  const write = { id: 'w', type: 'file', operation: 'write', params: { path: 'app/x', content: '' } }
  const { graph } = compiled([...reads, write])
  const edges = graph.edges()
  assert.equal(
    edges.map(({ from }) => from),
    ['r19', 'r18', 'r17', 'r16', 'r15', 'r14', 'r13', 'r12'],
  )
  assert.is(edges.at(-1)!.why, 'reads app, which holds app/x, which "w" writes (as do 12 before it)')
  assert.equal({ nodes: graph.nodes, edges: graph.targets.length }, { nodes: 22, edges: 21 })
})

test('a type that only coordinates others holds no slot', () => {
  const coordinator = { ...doubleOperations.get('test.echo')!, operation: 'lead', coordinates: true }
  const result = compilePlan([{ type: 'test', operation: 'lead', weight: 3 }], new Map([['test.lead', coordinator]]))
  assert.is(result._tag === 'Right' ? result.right.graph.operations[0]!.weight : undefined, 0)
})

test.run()
