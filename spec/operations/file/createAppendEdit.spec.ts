import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const create = suite('file create')

create('makes a file and its parents', async () => {
  const root = tempTree()
  assert.equal(await fileBench(root).value('create', { path: 'a/b', content: 'x', mode: '600' }), { path: 'a/b', bytes: 1 })
  assert.equal(snapshotOf(root), { a: 'folder 755', 'a/b': 'file 600 x' })
})

for (const path of ['file', 'folder', 'link', '.'])
  create(`refuses to replace a ${path === '.' ? 'root' : path}`, async () => {
    const root = tempTree({ file: 'x', folder: null, link: { link: 'nowhere' } })
    const before = snapshotOf(root)
    assert.equal(await fileBench(root).error('create', { path, content: '' }), {
      type: 'already-exists',
      message: `${path}: there is something at this path already. Use write to replace it, or append to add to it.`,
      retryable: false,
      path,
    })
    assert.equal(snapshotOf(root), before)
  })

create('of many at once for one path exactly one succeeds', async () => {
  const root = tempTree()
  const bench = fileBench(root)
  const ends = await Promise.all(Array.from({ length: 30 }, (_, index) => bench.attempt('create', { path: 'a', content: String(index) })))
  const winners = ends.flatMap(({ _tag }, index) => (_tag === 'Right' ? [index] : []))
  assert.is(winners.length, 1)
  assert.equal(snapshotOf(root), { a: `file 644 ${winners[0]}` })
  for (const end of ends) if (end._tag === 'Left') assert.is(end.left.type, 'already-exists')
})

create.run()

const append = suite('file append')

append('adds to the end, and makes what is not there', async () => {
  const root = tempTree({ log: 'one\n' })
  const bench = fileBench(root)
  assert.equal(await bench.value('append', { path: 'log', content: 'two\n' }), { path: 'log', bytes: 4, created: false })
  assert.equal(await bench.value('append', { path: 'new/log', content: 'b25l', encoding: 'base64' }), {
    path: 'new/log',
    bytes: 3,
    created: true,
  })
  assert.equal(snapshotOf(root), { log: 'file 644 one\ntwo\n', new: 'folder 755', 'new/log': 'file 644 one' })
})

append('of many at once all arrive, each whole', async () => {
  const root = tempTree()
  const bench = fileBench(root)
  const lines = Array.from({ length: 40 }, (_, index) => `${String(index).repeat(50)}\n`)
  await Promise.all(lines.map((content) => bench.value('append', { path: 'log', content })))
  assert.equal(
    readFileSync(join(root, 'log'), 'utf8')
      .split(/(?<=\n)/)
      .sort(),
    lines.sort(),
  )
})

append('refuses a folder', async () => {
  assert.equal(await fileBench(tempTree({ folder: null })).error('append', { path: 'folder', content: '' }), {
    type: 'system',
    code: 'EISDIR',
    message: 'folder is a folder. Name a file.',
    retryable: false,
    path: 'folder',
  })
})

append('an abort leaves no part of a record', async () => {
  const root = tempTree({ log: 'one\n' })
  await fileBench(root).error('append', { path: 'log', content: 'two\n' }, attemptContext({ signal: AbortSignal.abort() }))
  assert.equal(snapshotOf(root), { log: 'file 644 one\n' })
})

append.run()

const edit = suite('file edit')
const source = 'const a = 1\nconst b = 1\n'

edit('replaces exact text, in order, and keeps the rest and the mode', async () => {
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
  edit(`refuses ${title}, and changes nothing`, async () => {
    const root = tempTree({ 'a.ts': source })
    assert.equal(await fileBench(root).error('edit', { path: 'a.ts', edits }), error)
    assert.equal(snapshotOf(root), { 'a.ts': `file 644 ${source}` })
  })

edit('shows no more than the start of a long text', async () => {
  const find = 'x'.repeat(5000)
  const { message } = (await fileBench(tempTree({ a: '' })).error('edit', { path: 'a', edits: [{ find, replace: '' }] })) as {
    message: string
  }
  assert.is(
    message,
    `a: edits[0].find is not in the file: "${'x'.repeat(60)}…". It must match exactly, white space included: read the file again.`,
  )
})

edit('refuses a file that is not there, or is no text', async () => {
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

edit.run()
