import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolvedParams } from '../../../src/monitor/tokens/resolvedParams.js'

const test = suite('resolvedParams')

const valueOf = (id: string): unknown => (id === 'a' ? { files: ['x.txt'], version: 3 } : undefined)

const rows: readonly (readonly [title: string, params: unknown, resolved: unknown])[] = [
  ['a value as it is', { path: 'p', list: [1, null] }, { path: 'p', list: [1, null] }],
  ['a reference', { path: { $ref: 'a.files.0' } }, { path: 'x.txt' }],
  ['a reference as a list of keys', [{ $ref: ['a', 'version'] }], [3]],
  ['a default', { path: { $ref: 'b.path', default: 'none' } }, { path: 'none' }],
  ['a template', { text: { $template: 'v{{a.version}} of {{b.name}}' } }, { text: 'v3 of ' }],
  ['a secret, by its name', { key: { $secret: 'TOKEN' } }, { key: 'TOKEN' }],
  ['a literal', { $literal: { $ref: 'a' } }, { $ref: 'a' }],
  ['what is no reference', { $ref: 'a..b' }, { $ref: 'a..b' }],
]
for (const [title, params, resolved] of rows) test(`gives ${title}`, () => assert.equal(resolvedParams(params, valueOf), resolved))

test('keeps __proto__ a key like any other', () => {
  const resolved = resolvedParams(JSON.parse('{"__proto__": {"x": 1}}'), valueOf)
  assert.is(JSON.stringify(resolved), '{"__proto__":{"x":1}}')
})

test.run()
