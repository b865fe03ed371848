// @limit 900
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OperationFailure } from '../../../src/model/operationError.js'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree, type Tree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file undo')

// Where backups go: a folder of this spec alone, to see that none stays.
const backups = tempTree()
process.env['TMPDIR'] = backups
const noBackupStays = (): void => assert.equal(readdirSync(backups), [])

const plainTree = (): string => {
  const root = tempTreeIn({
    file: 'old',
    'folder/a': 'a',
    'folder/deep/b': Buffer.from([0, 255, 254]),
    empty: null,
    link: { link: 'folder/a' },
  })
  chmodSync(join(root, 'file'), 0o640)
  chmodSync(join(root, 'folder/a'), 0o755)
  chmodSync(join(root, 'folder/deep'), 0o701)
  return root
}

// The folders of the specs themselves lie elsewhere.
function tempTreeIn(tree: Tree): string {
  delete process.env['TMPDIR']
  const root = tempTree(tree)
  process.env['TMPDIR'] = backups
  return root
}

const changes: readonly (readonly [string, object])[] = [
  ['write', { path: 'file', content: 'new', mode: '777' }],
  ['write', { path: 'file', content: 'old', mode: '777' }],
  ['write', { path: 'new/parents/file', content: 'new' }],
  ['write', { path: 'link', content: 'through the link' }],
  ['create', { path: 'new/file', content: 'new' }],
  ['append', { path: 'file', content: ' and more' }],
  ['append', { path: 'new/file', content: 'more' }],
  ['append', { path: 'file', content: '' }],
  ['edit', { path: 'file', edits: [{ find: 'old', replace: 'new' }] }],
  ['copy', { path: 'folder', destination: 'new/copy' }],
  ['copy', { path: 'folder', destination: 'file', overwrite: true }],
  ['copy', { path: 'file', destination: 'folder', overwrite: true }],
  ['copy', { path: 'link', destination: 'link2' }],
  ['move', { path: 'folder', destination: 'new/place' }],
  ['move', { path: 'file', destination: 'folder', overwrite: true }],
  ['move', { path: 'folder', destination: 'file', overwrite: true }],
  ['move', { path: 'link', destination: 'folder/deep/b', overwrite: true }],
  ['delete', { path: 'file' }],
  ['delete', { path: 'folder', recursive: true }],
  ['delete', { path: 'link' }],
  ['delete', { path: 'absent', ignoreMissing: true }],
  ['mkdir', { path: 'new/folders/here' }],
  ['mkdir', { path: 'empty' }],
  ['rmdir', { path: 'empty' }],
]

for (const [operation, params] of changes)
  test(`${operation} ${JSON.stringify(params)} is taken back, bytes and modes`, async () => {
    const root = plainTree()
    const before = snapshotOf(root)
    const context = attemptContext({ undoable: true })
    await fileBench(root).value(operation, params, context)
    await context.undo()
    assert.equal(snapshotOf(root), before)
    noBackupStays()
  })

test('nothing is kept for an undo that cannot be asked for', async () => {
  const root = plainTree()
  const context = attemptContext()
  const bench = fileBench(root)
  for (const [operation, params] of changes) await bench.attempt(operation, params, context)
  assert.equal(context.undos, [])
  noBackupStays()
})

for (const [operation, params] of changes)
  test(`the first undo of ${operation} ${JSON.stringify(params)} is registered before anything has changed`, async () => {
    const root = plainTree()
    const before = snapshotOf(root)
    const undos: (() => PromiseLike<void>)[] = []
    let seen: Record<string, string> | undefined
    const onUndo = (undo: () => PromiseLike<void>): void => {
      seen ??= withoutDrafts(snapshotOf(root))
      undos.push(undo)
    }
    await fileBench(root).value(operation, params, attemptContext({ undoable: true, onUndo }))
    assert.equal(seen ?? snapshotOf(root), before)
    for (const undo of undos.reverse()) await undo()
    noBackupStays()
  })

const withoutDrafts = (tree: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !/(^|\/)\.millrace-[0-9a-f]{24}/.test(path)))

test('a backup can be read by its owner alone', async () => {
  const root = plainTree()
  const context = attemptContext({ undoable: true })
  await fileBench(root).value('delete', { path: 'folder', recursive: true }, context)
  const modes = Object.values(snapshotOf(backups)).map((line) => line.split(' ').slice(0, 2).join(' '))
  assert.equal([...new Set(modes)].sort(), ['file 600', 'folder 700'])
  await context.undo()
  noBackupStays()
})

const foreign: readonly (readonly [string, object, string, (root: string) => void])[] = [
  ['write', { path: 'file', content: 'new' }, 'file', (root) => writeFileSync(join(root, 'file'), 'theirs')],
  ['write', { path: 'file', content: 'new' }, 'file', (root) => rmSync(join(root, 'file'))],
  ['write', { path: 'new', content: 'new' }, 'new', (root) => (rmSync(join(root, 'new')), mkdirSync(join(root, 'new')))],
  ['create', { path: 'new', content: 'new' }, 'new', (root) => appendFileSync(join(root, 'new'), 'theirs')],
  ['append', { path: 'file', content: 'new' }, 'file', (root) => appendFileSync(join(root, 'file'), 'theirs')],
  ['delete', { path: 'file' }, 'file', (root) => writeFileSync(join(root, 'file'), 'theirs')],
  ['copy', { path: 'folder', destination: 'copy' }, 'copy', (root) => writeFileSync(join(root, 'copy/theirs'), '')],
  ['move', { path: 'file', destination: 'moved' }, 'moved', (root) => writeFileSync(join(root, 'moved'), 'theirs')],
  ['mkdir', { path: 'made' }, 'made', (root) => writeFileSync(join(root, 'made/theirs'), '')],
  ['rmdir', { path: 'empty' }, 'empty', (root) => writeFileSync(join(root, 'empty'), 'theirs')],
  [
    'write',
    { path: 'folder/a', content: 'new' },
    'folder/a',
    (root) => (renameSync(join(root, 'folder'), join(root, 'elsewhere')), symlinkSync('elsewhere', join(root, 'folder'))),
  ],
]
for (const [operation, params, path, change] of foreign)
  test(`what others changed since ${operation} ${JSON.stringify(params)} is left alone: ${change.toString().slice(10)}`, async () => {
    const root = plainTree()
    const context = attemptContext({ undoable: true })
    await fileBench(root).value(operation, params, context)
    change(root)
    const changed = snapshotOf(root)
    const thrown = await context.undo().then(
      () => undefined,
      (error: unknown) => error,
    )
    assert.instance(thrown, OperationFailure)
    const { cause: _, ...error } = (thrown as OperationFailure).error
    assert.equal(error, {
      type: 'changed-since',
      message: `${path} has changed since this operation wrote it, and is not restored. Check it and correct it by hand.`,
      retryable: false,
      path,
    })
    assert.equal(snapshotOf(root), changed)
    await context.undo()
    noBackupStays()
  })

test('an operation that failed without an effect has nothing to take back, whatever came to be there', async () => {
  const root = plainTree()
  const context = attemptContext({ undoable: true })
  const bench = fileBench(root)
  await bench.error('create', { path: 'file', content: '' }, context)
  await bench.error('copy', { path: 'folder', destination: 'file' }, context)
  await bench.error('edit', { path: 'file', edits: [{ find: 'absent', replace: '' }] }, context)
  writeFileSync(join(root, 'file'), 'theirs')
  const changed = snapshotOf(root)
  await context.undo()
  assert.equal(snapshotOf(root), changed)
  noBackupStays()
})

const entriesIn = (folder: string): number => (existsSync(folder) ? readdirSync(folder).length : 0)

test('a deletion that was aborted midway is taken back, and leaves alone what came to be there', async () => {
  const root = tempTreeIn(
    Object.fromEntries(Array.from({ length: 4_000 }, (_, index) => [`folder/sub-${index % 4}/file-${index}`, String(index)])),
  )
  const before = snapshotOf(root)
  const controller = new AbortController()
  const left = () => [0, 1, 2, 3].reduce((sum, sub) => sum + entriesIn(join(root, `folder/sub-${sub}`)), 0)
  const gone = () => 4_000 - left()
  const { signal } = controller
  // Aborted from inside: on a fast machine all of it may be gone by the next turn of the event loop.
  let looks = 0
  signal.throwIfAborted = () => {
    if (++looks % 100 === 0 && gone() > 0) controller.abort()
    AbortSignal.prototype.throwIfAborted.call(signal)
  }
  const context = attemptContext({ undoable: true, signal })
  await fileBench(root).error('delete', { path: 'folder', recursive: true }, context)
  assert.ok(gone() > 0 && left() > 0)
  writeFileSync(join(root, 'folder/theirs'), 'theirs')
  await context.undo()
  assert.equal(snapshotOf(root), { ...before, 'folder/theirs': 'file 644 theirs' })
  noBackupStays()
})

test('parents that two operations share go with the last undo of them', async () => {
  const root = plainTree()
  const before = snapshotOf(root)
  const bench = fileBench(root)
  const [first, second] = [attemptContext({ undoable: true }), attemptContext({ undoable: true })]
  await bench.value('write', { path: 'new/deep/1', content: '' }, first)
  await bench.value('write', { path: 'new/deep/2', content: '' }, second)
  await first.undo()
  assert.ok(statSync(join(root, 'new/deep/2')).isFile())
  await second.undo()
  assert.equal(snapshotOf(root), before)
})

const path = fc.constantFrom('file', 'folder', 'folder/a', 'folder/deep', 'folder/deep/b', 'empty', 'link', 'x', 'x/y', 'x/y/z', 'link/up')
const content = fc.constantFrom('', 'one', 'two')
const call = fc.oneof(
  fc.record({ operation: fc.constantFrom('write', 'create', 'append'), params: fc.record({ path, content }) }),
  fc.record({
    operation: fc.constantFrom('copy', 'move'),
    params: fc.record({ path, destination: path, overwrite: fc.boolean() }),
  }),
  fc.record({ operation: fc.constant('delete'), params: fc.record({ path, recursive: fc.boolean() }) }),
  fc.record({ operation: fc.constantFrom('mkdir', 'rmdir'), params: fc.record({ path }) }),
  fc.record({
    operation: fc.constant('edit'),
    params: fc.record({ path, edits: fc.constant([{ find: 'o', replace: 'oo' }]) }),
  }),
)

test('undoing any sequence of operations, failed ones among them, restores the tree', async () => {
  const counts = { succeeded: 0, failed: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 12 }), async (calls) => {
      const root = plainTree()
      const before = snapshotOf(root)
      const bench = fileBench(root)
      const context = attemptContext({ undoable: true })
      for (const { operation, params } of calls) {
        const { _tag } = await bench.attempt(operation, params, context)
        counts[_tag === 'Right' ? 'succeeded' : 'failed'] += 1
      }
      await context.undo()
      assert.equal(snapshotOf(root), before)
      noBackupStays()
      rmSync(root, { recursive: true })
    }),
    { numRuns: 60 },
  )
  assert.ok(counts.succeeded > 50 && counts.failed > 25, JSON.stringify(counts))
})

test.run()
