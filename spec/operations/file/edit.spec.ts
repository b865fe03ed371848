import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file edit')
const source = 'const a = 1\nconst b = 1\n'

test('replaces exact text, in order, and keeps the rest and the mode', async () => {
  const root = tempTree({ 'a.ts': `\ufeff${source}` })
  const edits = [
    { find: 'const a', replace: "let $& $1 $' a" },
    { find: '1\n', replace: '2\r\n', all: true },
  ]
  assert.equal(await fileBench(root).value('edit', { path: 'a.ts', edits }), { path: 'a.ts', replacements: 3, bytes: 36 })
  assert.is(readFileSync(join(root, 'a.ts'), 'utf8'), "\ufefflet $& $1 $' a = 2\r\nconst b = 2\r\n")
})

const refused: readonly (readonly [string, readonly object[], object])[] = [
  [
    'text that is absent',
    [{ find: 'let "x"', replace: '' }],
    {
      type: 'text-absent',
      message: 'a.ts: edits[0].find is not in the file: "let \\"x\\"". It must match exactly, white space included: read the file again.',
      retryable: false,
      path: 'a.ts',
      text: 'let "x"',
    },
  ],
  [
    'text that an edit before has taken away',
    [
      { find: 'const a', replace: 'let a' },
      { find: 'const a', replace: '' },
    ],
    {
      type: 'text-absent',
      message:
        'a.ts: edits[1].find is not in the file after the edits before it: "const a". It must match exactly, white space included: read the file again.',
      retryable: false,
      path: 'a.ts',
      text: 'const a',
    },
  ],
  [
    'text that is there more than once',
    [{ find: 'const', replace: 'let' }],
    {
      type: 'text-ambiguous',
      message: 'a.ts: edits[0].find is in the file 2 times: "const". Add text around it until it is there once, or set all: true.',
      retryable: false,
      path: 'a.ts',
      text: 'const',
      count: 2,
    },
  ],
]
for (const [title, edits, error] of refused)
  test(`refuses ${title}, and changes nothing`, async () => {
    const root = tempTree({ 'a.ts': source })
    assert.equal(await fileBench(root).error('edit', { path: 'a.ts', edits }), error)
    assert.equal(snapshotOf(root), { 'a.ts': `file 644 ${source}` })
  })

test('shows no more than the start of a long text', async () => {
  const find = 'x'.repeat(5000)
  const { message } = (await fileBench(tempTree({ a: '' })).error('edit', { path: 'a', edits: [{ find, replace: '' }] })) as {
    message: string
  }
  assert.is(
    message,
    `a: edits[0].find is not in the file: "${'x'.repeat(60)}…". It must match exactly, white space included: read the file again.`,
  )
})

test('refuses a file that is not there, or is no text', async () => {
  const bench = fileBench(tempTree({ bytes: Buffer.from([255]) }))
  const edits = [{ find: 'a', replace: 'b' }]
  assert.equal(await bench.error('edit', { path: 'no', edits }), {
    type: 'not-found',
    message: 'no: there is nothing at this path.',
    retryable: false,
    what: 'no',
  })
  assert.equal(await bench.error('edit', { path: 'bytes', edits }), {
    type: 'invalid-params',
    message: 'bytes is not UTF-8 text. Read it with encoding: base64.',
    retryable: false,
    at: ['encoding'],
  })
})

test.run()
