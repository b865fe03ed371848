import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { faultsOf } from '../../support/graphs.js'

const test = suite('text that was meant as a reference')

const read = { id: 'a', type: 'file', operation: 'read', params: { path: 'x' } }
const any = { id: 'any', type: 'test', operation: 'echo' }
const write = (params: object): readonly object[] => [
  read,
  any,
  { id: 'w', type: 'file', operation: 'write', params: { path: 'y', content: '', ...params } },
]
const run = (params: object): readonly object[] => [
  read,
  any,
  { id: 'r', type: 'shell', operation: 'run', params: { command: ['ls'], ...params } },
]
const echo = (value: unknown): readonly object[] => [read, any, { id: 'e', type: 'test', operation: 'echo', params: { value } }]

test('is a fault that shows the right form and the way to keep the text', () => {
  assert.equal(faultsOf(write({ content: '{{a.content}}' })), [
    'operations[2].params.content: "{{a.content}}" is plain text here and would be used unchanged.\n' +
      'For the value write {"$ref": "a.content"}, or as text {"$template": "{{a.content}}"}; to keep the text write {"$literal": "{{a.content}}"}.',
  ])
  assert.equal(faultsOf(write({ path: 'x/${a.path}.txt' })), [
    'operations[2].params.path: "${a.path}" is plain text here and would be used unchanged.\n' +
      'For the value write {"$template": "x/{{a.path}}.txt"}; to keep the text write {"$literal": "x/${a.path}.txt"}.',
  ])
})

const faulty: readonly (readonly [title: string, plan: readonly object[]])[] = [
  ['the id alone in a path', write({ path: '{{a}}' })],
  ['a key that there is not, in a path', write({ path: '${a.nothing}' })],
  ['blanks in the braces', write({ path: '{{ a.path }}' })],
  ['an argument of a program', run({ command: ['echo', '${a.content}'] })],
  ['a script of a shell', run({ command: ['sh', '-c', 'echo ${a}'] })],
  ['a folder', run({ cwd: 'x/{{a.path}}' })],
  ['a variable', run({ env: { A: '{{a.content}}' } })],
  ['content in the way of other languages', write({ content: 'x ${a.content} y' })],
  ['content with an index', write({ content: '{{a.lines[0]}}' })],
  ['the second of two in a text', write({ content: '{{other.x}} {{a.bytes}}' })],
  ['deep in any value', echo({ deep: [{ text: '{{a.content}}' }] })],
  ['what a fallback has', [{ ...any, id: 'f', fallback: { note: 1 } }, ...echo('{{f.note}}')]],
  ['an id with blanks', [{ ...read, id: 'read it' }, ...echo('{{read it.content}}')]],
  ['an undo', [read, { ...write({})[2], undo: { type: 'file.write', params: { path: 'z', content: '{{w.path}}' } } }]],
]
for (const [title, plan] of faulty)
  test(`is found in ${title}`, () => {
    const texts = faultsOf(plan)
    assert.is(texts.length, 1, texts.join('\n'))
    assert.match(texts[0]!, 'is plain text here')
  })

const fine: readonly (readonly [title: string, plan: readonly object[]])[] = [
  ['a key that the result does not declare', write({ content: 'console.log(`${a.version} ${a.length}`)' })],
  ['the id alone in content', write({ content: '<h1>{{a}}</h1>' })],
  ['a result of any shape', write({ content: '${any.title}' })],
  ['another name', write({ path: '{{nobody.path}}', content: '${HOME}' })],
  ['a variable of a shell', run({ command: ['sh', '-c', 'echo ${HOME} ${a_b} ${ab}'] })],
  ['one brace', run({ command: ['echo', '{a.content}', '$a.content', '$(a.content)'] })],
  ['braces that do not close', write({ content: '{{a.content', path: '${a' })],
  ['a literal', write({ content: { $literal: '{{a.content}}' }, path: { $literal: '${a}' } })],
  ['a template beside', write({ content: { $template: '{{a.content}} ${a.content}' } })],
  ['an item where there is none', write({ content: '{{$item.path}}' })],
  ['an input where there is none', write({ content: '{{$input.name}}' })],
]
for (const [title, plan] of fine) test(`is not seen in ${title}`, () => assert.equal(faultsOf(plan), []))

test('an input in braces is one, wherever it stands', () => {
  const texts = faultsOf({ inputs: { name: 'x' }, operations: write({ content: 'Hello {{$input.name}}' }) })
  assert.match(texts.join(), '{"$template": "Hello {{$input.name}}"}')
})

for (const path of ['steps.a.content', 'outputs.a.content', 'steps.a.outputs.content', 'needs.a.result.content'])
  test(`the way of other runners is seen: {{${path}}}`, () => {
    const texts = faultsOf(write({ content: `Read: {{${path}}}` }))
    assert.match(texts.join(), '{"$template": "Read: {{a.content}}"}')
  })

test('but only where such an operation gives such a value', () => {
  assert.equal(faultsOf(write({ content: '{{steps.a.title}} {{steps.nobody.content}} {{steps.a}} {{matrix.a.content}}' })), [])
})

test('an item is seen by its bare name where it is an address, and not in content', () => {
  const each = (params: object) =>
    faultsOf([{ type: 'file', operation: 'write', each: ['b', 'c'], params: { path: 'd', content: '', ...params } }])
  assert.match(each({ path: 'out/{{item}}.txt' }).join(), '{"$template": "out/{{$item}}.txt"}')
  assert.match(each({ path: '${item.name}' }).join(), '{"$template": "{{$item.name}}"}')
  assert.equal(each({ path: { $item: '' }, content: '{{item}} {{this}}' }), [])
  assert.equal(faultsOf(write({ path: '{{item}}' })), [])
})

test('nothing that stands under a secret name is shown', () => {
  const texts = faultsOf(echo({ password: 'hunter2 {{a.content}}' }))
  assert.match(texts.join(), '{{a.content}}')
  assert.not.match(texts.join(), 'hunter2')
})

test('a long text is shown around it', () => {
  const texts = faultsOf(write({ content: `${'x'.repeat(10_000)}{{a.content}}${'y'.repeat(10_000)}` }))
  assert.match(texts.join(), '{"$template": "…xxxxxxxxxx{{a.content}}yyyyyyyyyy…"}')
})

test('megabytes of braces cost no more than their length', () => {
  const before = performance.now()
  assert.equal(faultsOf(write({ content: '{{a'.repeat(1_000_000) + '${'.repeat(1_000_000) + '{{'.repeat(1_000_000) })), [])
  assert.ok(performance.now() - before < 60_000)
})

test.run()
