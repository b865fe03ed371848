import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolvedParams } from '../../../src/monitor/tokens/resolvedParams.js'

const test = suite('resolvedParams')

const values = new Map<string, unknown>([
  ['a', { files: ['x.txt'], version: 3 }],
  ['b.c', { files: [] }],
])

const rows: readonly (readonly [title: string, params: unknown, resolved: unknown])[] = [
  ['a value as it is', { path: 'p', list: [1, null] }, { path: 'p', list: [1, null] }],
  ['a reference', { path: { $ref: 'a.files.0' } }, { path: 'x.txt' }],
  ['a reference as a list of keys', [{ $ref: ['a', 'version'] }], [3]],
  ['a reference with brackets', { path: { $ref: 'a.files[0]' } }, { path: 'x.txt' }],
  ['a reference to an id with a dot', { $ref: 'b.c.files' }, []],
  ['an item, as it is', { path: { $item: 'path' } }, { path: { $item: 'path' } }],
  ['a default', { path: { $ref: 'b.path', default: 'none' } }, { path: 'none' }],
  ['a template', { text: { $template: 'v{{a.version}} of {{b.name}}' } }, { text: 'v3 of ' }],
  ['a secret, by its name', { key: { $secret: 'TOKEN' } }, { key: 'TOKEN' }],
  ['a literal', { $literal: { $ref: 'a' } }, { $ref: 'a' }],
  ['what is no reference', { $ref: 'a..b' }, { $ref: 'a..b' }],
]
for (const [title, params, resolved] of rows) test(`gives ${title}`, () => assert.equal(resolvedParams(params, values), resolved))

test('keeps __proto__ a key like any other', () => {
  const resolved = resolvedParams(JSON.parse('{"__proto__": {"x": 1}}'), values)
  assert.is(JSON.stringify(resolved), '{"__proto__":{"x":1}}')
})

test.run()
