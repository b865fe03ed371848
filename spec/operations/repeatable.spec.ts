import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { isRepeatable } from '../../src/graph/operations/isRepeatable.js'
import { operation } from '../../src/index.js'
import { standardOperations } from '../../src/operations/standard.js'

const test = suite('what may be done twice')
const operations = standardOperations({ root: '.' })

function repeatable(written: unknown): boolean {
  const before = { id: 'before', type: 'file', operation: 'read', params: { path: 'a' } }
  const compiled = compilePlan([before, written], operations)
  if (compiled._tag === 'Left') throw new Error(JSON.stringify(compiled.left))
  return isRepeatable(compiled.right.graph.operations[1]!)
}

const at = { path: 'b' }
const to = { path: 'b', destination: 'c' }
const url = 'https://x.example/'
const rows: readonly (readonly [type: string, params: object, may: boolean])[] = [
  ['file.read', at, true],
  ['file.list', at, true],
  ['file.glob', { pattern: '*' }, true],
  ['file.stat', at, true],
  ['file.search', { ...at, text: 'x' }, true],
  ['file.write', { ...at, content: 'x' }, true],
  ['file.mkdir', at, true],
  ['file.copy', to, true],
  ['file.append', { ...at, content: 'x' }, false],
  ['file.edit', { ...at, edits: [{ find: 'x', replace: 'y' }] }, false],
  ['file.create', { ...at, content: 'x' }, false],
  ['file.move', to, false],
  ['file.delete', at, false],
  ['file.rmdir', at, false],
  ['http.request', { url }, true],
  ['http.request', { url, method: 'GET' }, true],
  ['http.request', { url, method: 'HEAD' }, true],
  ['http.request', { url, method: 'PUT', body: 'x' }, true],
  ['http.request', { url, method: 'DELETE' }, true],
  ['http.request', { url, method: 'OPTIONS' }, true],
  ['http.request', { url, method: 'POST' }, false],
  ['http.request', { url, method: 'PATCH' }, false],
  ['http.request', { url, body: 'x' }, false],
  ['http.request', { url, method: { $ref: 'before.content' } }, false],
  ['shell.run', { command: ['true'] }, false],
  ['agent.run', { agent: 'coder', task: 'x' }, false],
  ['swarm.status', { swarm: 'x' }, true],
  ['swarm.init', { topology: 'mesh' }, false],
]
for (const [name, params, may] of rows) {
  const [type, kind] = name.split('.')
  const written = { id: 'it', type, operation: kind, params }
  test(`${name} ${JSON.stringify(params)}: ${may ? 'yes' : 'no'}`, () => assert.is(repeatable(written), may))
  test(`${name} ${JSON.stringify(params)}: what the plan says stands before that`, () => {
    assert.is(repeatable({ ...written, repeatable: !may }), !may)
  })
}

test('a function may be, when it says so', () => {
  assert.is(repeatable(operation('it', () => 1)), false)
  assert.is(repeatable(operation('it', () => 1, { repeatable: true })), true)
  assert.is(repeatable(operation('it', () => 1, { repeatable: false })), false)
})

test.run()
