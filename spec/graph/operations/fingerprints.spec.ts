import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { fingerprintsOf } from '../../../src/graph/operations/fingerprints.js'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { standardOperations } from '../../../src/operations/standard.js'

const test = suite('the fingerprints of an operation')
const operations = standardOperations({ root: '.' })

function fingerprints(params: object, type = 'file.write') {
  const [family, operation] = type.split('.')
  const plan = [
    { id: 'a', type: 'file', operation: 'read', params: { path: 'a.txt' } },
    { id: 'it', type: family, operation, params },
  ]
  const compiled = compilePlan({ operations: plan }, operations, { secrets: () => 'canary-4f7a93' })
  if (compiled._tag === 'Left') throw new Error(JSON.stringify(compiled.left))
  return fingerprintsOf(compiled.right.graph.operations[1]!)
}

const write = { path: 'b.txt', content: 'x' }

test('are those of equal params, whatever the order of the keys', () => {
  assert.equal(fingerprints(write), fingerprints({ content: 'x', path: 'b.txt' }))
  assert.match(fingerprints(write).exact, /^[0-9a-f]{16}$/)
})

const changed: readonly (readonly [title: string, params: object, other: object, type?: string])[] = [
  ['another path', write, { ...write, path: 'c.txt' }],
  ['a list in another order', { command: ['a', 'b'] }, { command: ['b', 'a'] }, 'shell.run'],
  ['a list cut otherwise', { command: ['a', 'b'] }, { command: ['a,b'] }, 'shell.run'],
  ['a number for its text', { path: 'a', offset: 1 }, { path: 'a', offset: 2 }, 'file.read'],
  ['a reference for a text', { path: { $ref: 'a.path' } }, { path: 'a.path' }, 'file.read'],
  ['a reference to another field', { path: { $ref: 'a.path' } }, { path: { $ref: 'a.content' } }, 'file.read'],
  ['another template', { path: { $template: '{{a.path}}.old' } }, { path: { $template: '{{a.path}}.new' } }, 'file.read'],
  ['another variable of the environment', { command: [{ $secret: 'A' }] }, { command: [{ $secret: 'B' }] }, 'shell.run'],
]
for (const [title, params, other, type] of changed)
  test(`differ by ${title}`, () => {
    const [before, after] = [fingerprints(params, type), fingerprints(other, type)]
    assert.is.not(before.exact, after.exact)
    assert.is.not(before.shape, after.shape)
  })

const sameShape: readonly (readonly [field: string, params: object, other: object, type: string])[] = [
  ['content', write, { ...write, content: 'y' }, 'file.write'],
  ['content by a reference', write, { ...write, content: { $ref: 'a.content' } }, 'file.write'],
  ['body', { url: 'https://x.example/', body: { a: 1 } }, { url: 'https://x.example/', body: { b: 1 } }, 'http.request'],
  ['stdin', { command: ['cat'], stdin: 'a' }, { command: ['cat'], stdin: 'b' }, 'shell.run'],
]
for (const [field, params, other, type] of sameShape)
  test(`have one shape whatever the ${field}`, () => {
    const [before, after] = [fingerprints(params, type), fingerprints(other, type)]
    assert.is.not(before.exact, after.exact)
    assert.is(before.shape, after.shape)
  })

test('leave the texts of secret fields out', () => {
  const request = (token: string) => fingerprints({ url: 'https://x.example/', headers: { authorization: token } }, 'http.request')
  assert.equal(request('Bearer a'), request('Bearer b'))
})

test.run()
