import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bench, notFound, aborted, abortedContext } from './findTree.js'

const test = suite('file list')

test('gives what is in a folder, sorted by name', async () => {
  assert.equal(await bench.value('list', { path: 'b' }), {
    path: 'b',
    entries: [
      { path: 'b/c.ts', name: 'c.ts', kind: 'file', bytes: 4 },
      { path: 'b/d.js', name: 'd.js', kind: 'file', bytes: 5 },
    ],
  })
})

const pathsIn = async (params: object): Promise<readonly string[]> =>
  ((await bench.value('list', params)) as { entries: readonly { path: string }[] }).entries.map(({ path }) => path)

test('starts at the first root when no path is given', async () => {
  assert.equal(await pathsIn({}), ['.hidden', 'a.ts', 'app', 'b', 'b-b', 'bytes.bin', 'link'])
})

test('gives each folder just before what it holds', async () => {
  assert.equal(await pathsIn({ recursive: true }), [
    '.hidden',
    '.hidden/f.ts',
    'a.ts',
    'app',
    'app/(group)',
    'app/(group)/[id].ts',
    'b',
    'b/c.ts',
    'b/d.js',
    'b-b',
    'b-b/e.ts',
    'bytes.bin',
    'link',
  ])
})

test('names what is behind a link by the link', async () => {
  assert.equal(await pathsIn({ path: 'link' }), ['link/c.ts', 'link/d.js'])
})

test('stops at its limit and says so, only if there is more', async () => {
  const { entries, truncated } = (await bench.value('list', { recursive: true, limit: 2 })) as {
    entries: readonly unknown[]
    truncated: boolean
  }
  assert.equal([entries.length, truncated], [2, true])
  assert.equal(Object.keys((await bench.value('list', { path: 'b', limit: 2 })) as object), ['path', 'entries'])
})

test('refuses a file and what is not there', async () => {
  assert.equal(await bench.error('list', { path: 'a.ts' }), {
    type: 'system',
    code: 'ENOTDIR',
    message: 'a.ts is a file. Name a folder.',
    retryable: false,
    path: 'a.ts',
  })
  assert.equal(await bench.error('list', { path: 'no' }), notFound('no'))
})

test('ends when it is aborted', async () => assert.equal(await bench.error('list', { recursive: true }, abortedContext()), aborted))

test.run()
