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
      message: 'a.ts: edits[0].find occurs 2 times in the file: "const". Add surrounding text until it occurs once, or set all: true.',
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

type Edits = readonly { readonly find: string; readonly replace: string; readonly all?: boolean }[]
const edited = async (text: string, edits: Edits): Promise<readonly [unknown, string]> => {
  const root = tempTree({ f: text })
  const end = await fileBench(root).attempt('edit', { path: 'f', edits })
  const left = readFileSync(join(root, 'f'), 'utf8')
  return [end._tag === 'Right' ? ((end.right as { lineEnds?: string }).lineEnds ?? 'lf') : end.left.type, left]
}

const lineEnds: readonly (readonly [string, string, Edits, string, string])[] = [
  ['CRLF, find over lines', 'a\r\nb\r\nc\r\n', [{ find: 'a\nb', replace: 'A\nB' }], 'crlf', 'A\r\nB\r\nc\r\n'],
  ['CRLF, insert a line', 'X\r\nY\r\n', [{ find: 'X', replace: 'X\nX2' }], 'crlf', 'X\r\nX2\r\nY\r\n'],
  ['CRLF, find and replace with CRLF', 'a\r\nb\r\n', [{ find: 'a\r\nb', replace: 'c\r\nd' }], 'crlf', 'c\r\nd\r\n'],
  ['CRLF, both forms in one text', 'a\r\nb\r\nc\r\n', [{ find: 'a\nb\r\nc', replace: '1\r\n2\n3' }], 'crlf', '1\r\n2\r\n3\r\n'],
  ['CRLF, all line ends', 'a\r\nb\r\n', [{ find: '\n', replace: '\n\n', all: true }], 'crlf', 'a\r\n\r\nb\r\n\r\n'],
  ['CRLF, remove a line', 'a\r\nb\r\nc', [{ find: 'b\n', replace: '' }], 'crlf', 'a\r\nc'],
  [
    'CRLF, an edit of what an edit brought',
    'a\r\n',
    [
      { find: 'a', replace: 'b\nc' },
      { find: 'b\nc', replace: 'd' },
    ],
    'crlf',
    'd\r\n',
  ],
  ['LF stays LF', 'a\nb\n', [{ find: 'a\nb', replace: 'c\nd' }], 'lf', 'c\nd\n'],
  ['LF, CRLF on purpose', 'a\nb\n', [{ find: 'a', replace: 'a\r\n' }], 'lf', 'a\r\n\nb\n'],
  ['LF, find with CRLF', 'a\nb\n', [{ find: 'a\r\nb', replace: '' }], 'text-absent', 'a\nb\n'],
  ['mixed, as they are', 'a\r\nb\nc\n', [{ find: 'b\nc', replace: 'B\nC' }], 'mixed', 'a\r\nB\nC\n'],
  ['mixed, CRLF written', 'a\r\nb\nc\n', [{ find: 'a\r\nb', replace: 'x' }], 'mixed', 'x\nc\n'],
  ['mixed, not guessed', 'a\r\nb\nc\n', [{ find: 'a\nb', replace: 'x' }], 'text-absent', 'a\r\nb\nc\n'],
  ['one line without an end', 'a', [{ find: 'a', replace: 'b\nc' }], 'lf', 'b\nc'],
  ['a lone CR is a character', 'a\rb\n', [{ find: 'a\rb', replace: 'x' }], 'lf', 'x\n'],
]
for (const [title, text, edits, outcome, left] of lineEnds)
  test(`line ends: ${title}`, async () => assert.equal(await edited(text, edits), [outcome, left]))

test('a text over lines that is absent says so of a file with mixed line ends', async () => {
  const root = tempTree({ f: 'a\r\nb\nc\n' })
  const { message } = (await fileBench(root).error('edit', { path: 'f', edits: [{ find: 'a\nb', replace: '' }] })) as { message: string }
  assert.match(message, 'Some lines of the file end in CRLF (\\r\\n), others in LF (\\n): find must have the same at each place.')
})

for (const [text, find, count] of [
  ['aaaa', 'aaa', 2],
  ['aaa', 'aa', 2],
  ['abababab', 'ababab', 2],
  ['\n\n\n', '\n\n', 2],
  ['xyxyx', 'xyx', 2],
  ['a'.repeat(12), 'a'.repeat(10), 3],
] as const)
  test(`places that overlap are ambiguous: ${JSON.stringify(find)} in ${JSON.stringify(text)}`, async () => {
    const root = tempTree({ f: text })
    const error = (await fileBench(root).error('edit', { path: 'f', edits: [{ find, replace: 'b' }] })) as { type: string; count: number }
    assert.equal([error.type, error.count], ['text-ambiguous', count])
    assert.is(readFileSync(join(root, 'f'), 'utf8'), text)
  })

test('all: true replaces from the start on, what it brought not again', async () =>
  assert.equal(await edited('aaaaa', [{ find: 'aa', replace: 'a', all: true }]), ['lf', 'aaa']))

test.run()
