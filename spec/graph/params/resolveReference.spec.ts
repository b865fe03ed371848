import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { resolveReference, type Names } from '../../../src/graph/params/resolveReference.js'
import { isOperationId } from '../../../src/model/operationId.js'

const test = suite('paths in text')

const among = (...names: readonly string[]): Names => ({ has: (name) => names.includes(name), fits: () => true })

const rows: readonly (readonly [text: string, names: readonly string[], id: string, keys: readonly (string | number)[]])[] = [
  ['a', ['a'], 'a', []],
  ['a.b.0', ['a'], 'a', ['b', '0']],
  ['a.items[0].path', ['a'], 'a', ['items', 0, 'path']],
  ['a[12][3]', ['a'], 'a', [12, 3]],
  ['a["odd.key"].b', ['a'], 'a', ['odd.key', 'b']],
  ['a["with \\"quotes\\""]', ['a'], 'a', ['with "quotes"']],
  ['build web.stdout', ['build web'], 'build web', ['stdout']],
  ['v1.2.stdout', ['v1.2'], 'v1.2', ['stdout']],
  ['v1.2', ['v1.2'], 'v1.2', []],
  ['node[20].stdout', ['node[20]'], 'node[20]', ['stdout']],
  ['test [a].stdout', ['test [a]'], 'test [a]', ['stdout']],
  ['a.b["x.y"].c', ['a.b', 'x'], 'a.b', ['x.y', 'c']],
  ['a["x.y"].z', ['a', 'a["x'], 'a', ['x.y', 'z']],
  ['@scope/pkg#build.stdout', ['@scope/pkg#build'], '@scope/pkg#build', ['stdout']],
]

for (const [text, names, id, keys] of rows)
  test(`${text} is ${id} and ${JSON.stringify(keys)}`, () => {
    assert.equal(resolveReference(text, among(...names)), { type: 'path', path: { id, keys, text } })
  })

test('of ids that the text begins with, one counts whose result may have what follows', () => {
  const names = (fitting: readonly string[]): Names => ({ has: (name) => ['a', 'a.b'].includes(name), fits: (id) => fitting.includes(id) })
  const idOf = (fitting: readonly string[]): unknown => {
    const resolved = resolveReference('a.b.c', names(fitting))
    return resolved.type === 'path' ? resolved.path.id : resolved.type === 'ambiguous' ? resolved.reason : resolved.type
  }
  assert.is(idOf(['a']), 'a')
  assert.is(idOf(['a.b']), 'a.b')
  assert.is(idOf([]), 'a.b') // The longest: what is wrong is told of that one.
  assert.is(
    idOf(['a', 'a.b']),
    '"a.b.c" is ambiguous, because this plan has "a.b" and "a".\nWrite it as a list: ["a.b", "c"] or ["a", "b", "c"].',
  )
})

for (const text of ['', '.', '.a', 'a.', 'a..b', 'a[', 'a[]', 'a[x]', 'a["x]', 'a[0', 'a[0]b', 'a]b.c]'])
  test(`${JSON.stringify(text)} leads nowhere when only "a" is known`, () => {
    assert.ok(['malformed', 'unknown'].includes(resolveReference(text, among('a')).type))
  })

test('every id is found by itself, and with keys behind it', () => {
  const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 128 }).filter(isOperationId)
  const key = fc.string({ minLength: 1, maxLength: 5 }).filter((text) => !/[.[\]]/.test(text))
  fc.assert(
    fc.property(id, fc.array(fc.oneof(key, fc.nat(99)), { maxLength: 4 }), (name, keys) => {
      const text = `${name}${keys.map((member) => (typeof member === 'number' ? `[${member}]` : `.${member}`)).join('')}`
      const resolved = resolveReference(text, { has: (other) => other === name, fits: () => true })
      assert.equal(resolved, { type: 'path', path: { id: name, keys, text } })
    }),
  )
})

test('a path of megabytes is read in one go', () => {
  const keys = Array.from({ length: 500_000 }, () => 'k')
  const resolved = resolveReference(`a.${keys.join('.')}`, among('a'))
  assert.is(resolved.type === 'path' && resolved.path.keys.length, keys.length)
  assert.is(resolveReference('['.repeat(4_000_000), among('a')).type, 'malformed')
})

test.run()
