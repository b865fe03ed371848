import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { edgesOf, faultsOf } from '../../support/graphs.js'

const test = suite('faults of each')

const read = { id: 'a', type: 'file.read', params: { path: 'x' } }
const each = (list: unknown, value: unknown = { $item: '' }): readonly object[] => [
  read,
  { id: 'e', type: 'test.echo', each: list, params: { value } },
]

const wrong: readonly (readonly [title: string, plan: unknown, text: string])[] = [
  [
    'what is no list',
    each('x'),
    'operations[1].each: expected a list of at most 100000 or {"$ref": path} or {"$input": name}, received "x"',
  ],
  ['a reference to no list', each({ $ref: 'a.content' }), 'operations[1].each.$ref'],
  ['a reference to nobody', each({ $ref: 'b' }), 'no operation is called "b"'],
  ['a reference that leads nowhere', each({ $ref: 'a.lnies' }), 'Did you mean "lines"?'],
  ['references in the list', each([{ $ref: 'a.content' }]), 'items are plain data, without references'],
  ['an input that is no list', { inputs: { n: 5 }, operations: each({ $input: 'n' }) }, 'expected an input that is a list'],
  ['an item without each', [{ type: 'test.echo', params: { value: { $item: '' } } }], '"$item" needs "each"'],
  ['an item in a template without each', [{ type: 'test.echo', params: { value: { $template: '{{$item}}' } } }], '"$item" needs "each"'],
  ['a key that items do not have', each({ $ref: 'a.lines' }, { $item: 'path' }), 'the result of "$item" has no "path"'],
  ['settle without each', [{ ...read, settle: true }], 'operations[0].settle: "settle" is for operations with "each"'],
  [
    'an item that does not fit',
    [{ type: 'file.read', each: ['x', 5], params: { path: { $item: '' } } }],
    'expected text that is not empty for "file.read", received 5',
  ],
  ['plain text that means an item', [{ type: 'file.read', each: ['x'], params: { path: 'a/{{$item}}' } }], '{"$template": "a/{{$item}}"}'],
  [
    'a key of the list of values',
    [...each({ $ref: 'a.lines' }), { type: 'test.echo', params: { value: { $ref: 'e.first' } } }],
    '"e" has no "first"',
  ],
  ['an id of an item', [...each([1]), { id: 'e[0]', type: 'test.echo' }], 'is also the id of an item of "e"'],
]
for (const [title, plan, text] of wrong)
  test(`refuses ${title}`, () => {
    const texts = faultsOf(plan)
    assert.is(texts.length, 1, texts.join('\n'))
    assert.match(texts[0]!, text)
  })

test('the list is a reference like any other', () => {
  assert.equal(edgesOf(each({ $ref: 'a.lines' })), ['a>e reference'])
})

test('the whole keeps its place: beside everything when its list is known, else with the root', () => {
  const write = (id: string, path: string) => ({ id, type: 'file.write', params: { path, content: '' } })
  const loop = (list: unknown) => ({ id: 'e', type: 'file.write', each: list, params: { path: { $template: 'd/{{$item}}' }, content: '' } })
  assert.equal(edgesOf([write('w', 'd/x'), write('v', 'other'), loop(['x', 'y'])]), ['w>e order'])
  const lines = { id: 'l', type: 'test.echo', params: { value: ['x'] } }
  assert.equal(edgesOf([lines, write('w', 'd/x'), write('v', 'other'), loop({ $ref: 'l' })]), ['l>e reference', 'v>e order', 'w>e order'])
})

test.run()
