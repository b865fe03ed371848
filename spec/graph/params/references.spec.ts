import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compiled, edgesOf, faultsOf } from '../../support/graphs.js'

const test = suite('references in a plan')

const source = { id: 'pkg', type: 'file', operation: 'write', params: { path: 'a', content: '' } }
const reader = { id: 'list', type: 'file', operation: 'read', params: { path: 'b' } }
const echoing = (value: unknown, settings: object = {}) => [
  source,
  reader,
  { id: 'e', type: 'test', operation: 'echo', params: { value }, ...settings },
]
const writing = (params: object, settings: object = {}) => [
  source,
  reader,
  { id: 'w', type: 'file', operation: 'write', params: { path: 'x', content: 'x', ...params }, ...settings },
]
const running = (params: object) => [source, reader, { id: 'r', type: 'shell', operation: 'run', params: { command: ['ls'], ...params } }]

test('a reference is an edge that needs success, once for each operation', () => {
  assert.equal(edgesOf(echoing([{ $ref: 'pkg.path' }, { $ref: ['pkg'] }, { $template: '{{pkg.bytes}} {{ list.lines.0 }}' }])), [
    'pkg>e reference',
    'list>e reference',
  ])
})

test('knows whose values an operation reads', () => {
  assert.equal(compiled(echoing({ deep: [{ $ref: 'list.lines' }] })).graph.operations[2]!.sources, [1])
})

const right: readonly (readonly [title: string, plan: readonly object[]])[] = [
  ['a position in a list', echoing({ $ref: 'list.lines.0' })],
  ['a position as a number', echoing({ $ref: ['list', 'lines', 0] })],
  ['an optional field of a result', echoing({ $ref: 'list.bytes' })],
  ['the whole of a result', echoing({ $ref: 'pkg' })],
  ['anything below any JSON value', [...echoing(1), { type: 'test', operation: 'echo', params: { value: { $ref: 'e.a.b.0.c' } } }]],
  ['a reference where text is wanted', writing({ content: { $ref: 'pkg.bytes' } })],
  ['a template where text is wanted', writing({ content: { $template: '{{pkg.bytes}}' } })],
  ['a template without references', writing({ content: { $template: 'plain' } })],
  ['a secret where text is wanted', writing({ content: { $secret: 'NAME' } })],
  ['a literal that fits', writing({ content: { $literal: 'x' } })],
  ['a literal that looks like a reference, where any value fits', echoing({ $literal: { $ref: 'nobody.x', more: 1 } })],
  ['an object with other keys that begin with $', echoing({ $set: { a: 1 }, $schema: 'x' })],
  ['references in a list', running({ command: ['echo', { $ref: 'pkg.path' }, { $template: '{{pkg.bytes}}' }] })],
  ['references in an object with free keys', running({ env: { A: { $ref: 'pkg.path' }, B: 'b' } })],
  ['a reference for a whole list', running({ command: { $ref: 'list.lines' } })],
  ['a reference for all parameters', [source, { type: 'file', operation: 'write', params: { $ref: 'pkg' } }]],
  ['a default that fits', writing({ content: { $ref: 'pkg.path', default: '' } })],
  ['a reference with a default whatever came before', writing({ content: { $ref: 'pkg.path', default: '' } }, { when: 'settled' })],
  [
    'a leaf that only the fallback has',
    [
      { ...source, fallback: { note: 'x' } },
      { type: 'test', operation: 'echo', params: { value: { $ref: 'pkg.note' } } },
    ],
  ],
]

for (const [title, plan] of right)
  test(`takes ${title}`, () => {
    assert.equal(faultsOf(plan), [])
  })

const wrong: readonly (readonly [title: string, plan: readonly object[], faults: readonly string[]])[] = [
  [
    'an operation that there is not',
    echoing({ $ref: 'pgk.path' }),
    ['operations[2].params.value.$ref: no operation is called "pgk".\nDid you mean "pkg"? This plan has: pkg, list, e.'],
  ],
  [
    'a key that the result has not',
    echoing({ deep: [{ $ref: 'pkg.pth' }] }),
    ['operations[2].params.value.deep[0].$ref: the result of "pkg" has no "pth".\nDid you mean "path"? It has: path, bytes.'],
  ],
  [
    'a key that every object inherits',
    echoing({ $ref: 'pkg.constructor' }),
    ['operations[2].params.value.$ref: the result of "pkg" has no "constructor".\nIt has: path, bytes.'],
  ],
  [
    'a key below text',
    echoing({ $ref: 'pkg.path.length' }),
    [
      'operations[2].params.value.$ref: the result of "pkg" has no "length".\nThe value there has no named keys: end the reference before it, or use a position if it is a list.',
    ],
  ],
  [
    'a named key of a list',
    echoing({ $ref: 'list.lines.length' }),
    [
      'operations[2].params.value.$ref: the result of "list" has no "length".\nThe value there has no named keys: end the reference before it, or use a position if it is a list.',
    ],
  ],
  [
    'every wrong part of a template',
    echoing({ $template: '{{pkg.pth}} and {{nobody}}' }),
    [
      'operations[2].params.value.$template: the result of "pkg" has no "pth".\nDid you mean "path"? It has: path, bytes.',
      'operations[2].params.value.$template: no operation is called "nobody".\nThis plan has: pkg, list, e.',
    ],
  ],
  [
    'other keys beside a reference',
    echoing({ $ref: 'pkg.path', $literal: 1 }),
    ['operations[2].params.value.$ref: "$literal" cannot stand beside "$ref".\nTo pass the object unchanged, wrap it: {"$literal": …}.'],
  ],
  [
    'a default beside a template',
    echoing({ $template: 'x', default: 1 }),
    [
      'operations[2].params.value.$template: "default" cannot stand beside "$template".\nTo pass the object unchanged, wrap it: {"$literal": …}.',
    ],
  ],
  [
    'a reference that is no text',
    echoing({ $ref: { id: 'pkg' } }),
    [
      'operations[2].params.value.$ref: a reference is text such as "build.path", or a list such as ["build", "files", 0], not {"id":"pkg"}.\nTo pass the object unchanged, wrap it: {"$literal": …}.',
    ],
  ],
  [
    'an empty list of keys',
    echoing({ $ref: [] }),
    [
      'operations[2].params.value.$ref: a reference is text such as "build.path", or a list such as ["build", "files", 0], not [].\nTo pass the object unchanged, wrap it: {"$literal": …}.',
    ],
  ],
  [
    'an empty key',
    echoing({ $ref: 'pkg..path' }),
    [
      'operations[2].params.value.$ref: "pkg..path" is not a path to a value.\nWrite an id and keys separated by ".", such as "build.files[0]"; other keys go in a list: ["id", "odd.key"].',
    ],
  ],
  [
    'a template that is not closed',
    echoing({ $template: 'a {{pkg.path' }),
    ['operations[2].params.value.$template: a "{{" is not closed.\nWrite {{id.key}}, or give plain text without "$template".'],
  ],
  [
    'a template with nothing between its braces',
    echoing({ $template: 'a {{ }}' }),
    ['operations[2].params.value.$template: expected an id and keys separated by "." between "{{" and "}}", such as {{build.path}}.'],
  ],
  [
    'a template that is no text',
    echoing({ $template: 5 }),
    ['operations[2].params.value.$template: a template is text such as "{{build.version}}", not 5.'],
  ],
  [
    'a secret without a name',
    echoing({ $secret: '' }),
    ['operations[2].params.value.$secret: a secret is the name of an environment variable, not "".'],
  ],
  [
    'a template where a number is wanted',
    writing({ tries: { $template: '{{pkg.bytes}}' } }),
    ['operations[2].params.tries: expected a whole number of at least 1 for "file.write", received {"$template":"{{pkg.bytes}}"}.'],
  ],
  [
    'a default that does not fit',
    writing({ content: { $ref: 'pkg.path', default: 5 } }),
    ['operations[2].params.content.default: expected text for "file.write", received 5.'],
  ],
  [
    'a literal that does not fit',
    writing({ content: { $literal: 5 } }),
    ['operations[2].params.content.$literal: expected text for "file.write", received 5.'],
  ],
  [
    'what else does not fit beside a reference',
    [source, { type: 'file', operation: 'write', params: { path: { $ref: 'pkg.path' }, contnt: 'x', tries: 0 } }],
    [
      'operations[1].params.contnt: "file.write" takes no "contnt" here.\nDid you mean "content"? It takes: path, content, tries.',
      'operations[1].params.tries: expected a whole number of at least 1 for "file.write", received 0.',
      'operations[1].params: "file.write" needs "content" here.\nIt takes: path, content, tries.',
    ],
  ],
  [
    'a list with a reference where an object is wanted',
    running({ env: [{ $ref: 'pkg.path' }] }),
    ['operations[2].params.env: expected an object for "shell.run", received [{"$ref":"pkg.path"}].'],
  ],
  [
    'what does not fit in a list beside a reference',
    running({ command: [{ $ref: 'pkg.path' }, 5] }),
    ['operations[2].params.command[1]: expected text for "shell.run", received 5.'],
  ],
  [
    'a reference without a default where its operation may have failed',
    writing({ content: { $ref: 'pkg.path' } }, { when: 'settled' }),
    [
      'operations[2].params.content.$ref: "pkg" can end without a result here, because this operation has "when": "settled".\nAdd a "default" to the reference, or leave "when" at "success".',
    ],
  ],
  [
    'a template where its operation may have failed',
    writing({ content: { $template: '{{pkg.path}}' } }, { when: 'any-failed' }),
    [
      'operations[2].params.content.$template: "pkg" can end without a result here, because this operation has "when": "any-failed".\nA template takes no default: use "$ref" with a "default", or leave "when" at "success".',
    ],
  ],
]

for (const [title, plan, faults] of wrong)
  test(`refuses ${title}`, () => {
    assert.equal(faultsOf(plan), faults)
  })

test('parameters without references are decoded once, literals put in', () => {
  const plan = [{ id: 'e', type: 'test', operation: 'echo', params: { value: [{ $literal: { $ref: 'x' } }] } }]
  const operation = compiled(plan).graph.operations[0]!
  assert.equal('given' in operation && operation.given, { type: 'decoded', params: { value: [{ $ref: 'x' }] } })
})

test.run()
