import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file faults')

const script = fileURLToPath(new URL('limitedProcess.js', import.meta.url))
const endsWith = (limit: string, root: string, lack: string): unknown =>
  JSON.parse(execFileSync('sh', ['-c', `${limit}; exec "$0" "$@"`, process.execPath, script, root, lack], { encoding: 'utf8' }))

test('too many open files is waited for; what lasts is a typed failure that may pass, and leaves nothing behind', () => {
  const root = tempTree({ file: 'old' })
  const tooMany = (path: string) => ({
    type: 'system',
    message: `${path}: Too many files are open in this process (EMFILE).`,
    retryable: true,
    code: 'EMFILE',
    path,
  })
  assert.equal(endsWith('ulimit -n 96', root, 'files'), [
    'succeeded',
    'EMFILE',
    ...['sub/write', 'sub/create', 'sub/append', 'file', '.'].map(tooMany),
    ...Array.from({ length: 5 }, () => 'succeeded'),
  ])
  assert.equal(readdirSync(root).sort(), ['before', 'file', 'sub'])
  assert.equal(readdirSync(`${root}/sub`).sort(), ['append', 'create', 'write'])
})

// A limit on the size of files stands for a full disk: the write fails midway with an error of its own.
test('a disk that takes no more is a typed failure, leaves the old file and no part of the new one', () => {
  const root = tempTree({ file: 'old' })
  const tooLarge = (path: string) => ({
    type: 'system',
    message: `${path}: The file is larger than this process or file system allows (EFBIG).`,
    retryable: false,
    code: 'EFBIG',
    path,
  })
  assert.equal(endsWith('ulimit -f 100', root, 'space'), [tooLarge('file'), tooLarge('sub/new'), tooLarge('file'), 'succeeded'])
  assert.equal(snapshotOf(root), { file: 'file 644 old', small: 'file 644 x', sub: 'folder 755' })
})

// The superuser is denied nothing.
if (process.geteuid?.() !== 0)
  test('what is not permitted is a typed failure', async () => {
    const root = tempTree({ 'closed/file': 'x' })
    chmodSync(`${root}/closed`, 0o500)
    assert.equal(await fileBench(root).error('write', { path: 'closed/file', content: '' }), {
      type: 'system',
      message: 'closed/file: Permission denied (EACCES).',
      retryable: false,
      code: 'EACCES',
      path: 'closed/file',
    })
    chmodSync(`${root}/closed`, 0o700)
  })

test('no handle stays open, whatever the operations come to', async () => {
  if (process.platform !== 'linux') return assert.not.equal(process.platform, 'linux')
  const root = tempTree({ file: 'x', 'folder/deep/x': 'x', out: { link: '/' }, loop: { link: 'loop' } })
  const bench = fileBench(root)
  const open = () => readdirSync('/proc/self/fd').length
  const calls: readonly (readonly [string, object])[] = [
    ...['file', 'folder', 'no/no', 'file/x', 'out/x', 'loop/x', 'loop', '../x', '.millrace/x', 'folder/deep/x'].flatMap((path) => [
      ['read', { path }] as const,
      ['write', { path, content: '' }] as const,
      ['list', { path, recursive: true, limit: 1 }] as const,
      ['copy', { path, destination: 'copy/of' }] as const,
      ['move', { path: 'file', destination: path }] as const,
      ['delete', { path }] as const,
      ['search', { path, text: 'x', limit: 1 }] as const,
      ['glob', { cwd: path, pattern: '**' }] as const,
    ]),
  ]
  await bench.value('stat', { path: '.' })
  const before = open()
  for (const undoable of [false, true])
    for (const [operation, params] of calls) {
      const context = attemptContext({ undoable })
      await bench.attempt(operation, params, context)
      await bench.attempt(operation, params, attemptContext({ signal: AbortSignal.abort() }))
      await context.undo()
    }
  // One that was closed may take another turn of the event loop.
  for (let turn = 0; turn < 500 && open() > before; turn++) await new Promise((resolve) => setTimeout(resolve, 10))
  assert.is(open(), before)
})

test.run()
