import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { holdByHandle } from '../../../src/operations/file/heldFolder.js'
import { holdByPath } from '../../../src/operations/file/folderByPath.js'
import { putNew } from '../../../src/operations/file/put.js'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const tree = () => {
  const root = tempTree({ file: 'f', 'folder/a': 'a', 'folder/b/c': 'cc', 'folder/link': { link: 'a' }, other: 'o', 'full/x': 'x' })
  chmodSync(join(root, 'folder/a'), 0o751)
  chmodSync(join(root, 'folder/b'), 0o705)
  return root
}
const folder = (at: string) => ({
  [at]: 'folder 755',
  [`${at}/a`]: 'file 751 a',
  [`${at}/b`]: 'folder 705',
  [`${at}/b/c`]: 'file 644 cc',
  [`${at}/link`]: 'link to a',
})

const taken = (path: string) => ({
  type: 'already-exists',
  message: `${path}: there is something at this path already. Set overwrite: true to replace it as a whole.`,
  retryable: false,
  path,
})
const refusal = (what: string, message: string) => ({ type: 'not-allowed', message, retryable: false, what })

const copy = suite('file copy')

copy('copies a file, its mode too, and makes parents', async () => {
  const root = tree()
  chmodSync(join(root, 'file'), 0o700)
  const value = await fileBench(root).value('copy', { path: 'file', destination: 'new/place' })
  assert.equal(value, { path: 'file', destination: 'new/place', files: 1, bytes: 1 })
  assert.match(JSON.stringify(snapshotOf(root)), '"new/place":"file 700 f"')
})

copy('copies a folder with all it holds, links as links', async () => {
  const root = tree()
  const before = snapshotOf(root)
  const value = await fileBench(root).value('copy', { path: 'folder', destination: 'new' })
  assert.equal(value, { path: 'folder', destination: 'new', files: 2, bytes: 3 })
  assert.equal(snapshotOf(root), { ...before, ...folder('new') })
})

for (const destination of ['other', 'full'])
  copy(`replaces ${destination} only when asked to, and then as a whole`, async () => {
    const root = tree()
    const before = snapshotOf(root)
    const bench = fileBench(root)
    assert.equal(await bench.error('copy', { path: 'folder', destination }), taken(destination))
    assert.equal(snapshotOf(root), before)
    await bench.value('copy', { path: 'folder', destination, overwrite: true })
    const { 'full/x': _, ...rest } = before
    assert.equal(snapshotOf(root), { ...(destination === 'full' ? rest : before), ...folder(destination) })
  })

copy('refuses a link that would lead outside from its new place, and changes nothing', async () => {
  const root = tempTree({ 'a/b/link': { link: '../../x' }, x: '' })
  const before = snapshotOf(root)
  assert.equal(
    await fileBench(root).error('copy', { path: 'a/b', destination: 'b' }),
    refusal(
      'a/b/link',
      `a/b/link is not copied: it is a link that would lead outside the root ${root}. Delete it first, or copy the rest by itself.`,
    ),
  )
  assert.equal(snapshotOf(root), before)
})

copy('refuses a pipe in a folder, and changes nothing', async () => {
  const root = tree()
  execFileSync('mkfifo', [join(root, 'folder/pipe')])
  const before = snapshotOf(root)
  const { message } = (await fileBench(root).error('copy', { path: 'folder', destination: 'new' })) as { message: string }
  assert.is(
    message,
    'folder/pipe is neither a file, a folder nor a link (a pipe, a socket or a device): file operations leave those alone.',
  )
  assert.equal(snapshotOf(root), before)
})

copy('tells how far a large copy is', async () => {
  const root = tempTree({ 'large/1': Buffer.alloc(6 * 1024 * 1024), 'large/2': Buffer.alloc(4 * 1024 * 1024) })
  const context = attemptContext()
  await fileBench(root).value('copy', { path: 'large', destination: 'copy' }, context)
  assert.equal(context.progresses, [
    { fraction: 0.4, message: '4194304 of 10485760 bytes' },
    { fraction: 0.8, message: '8388608 of 10485760 bytes' },
  ])
})

copy('an abort midway leaves nothing', async () => {
  const root = tempTree({ 'large/1': Buffer.alloc(9 * 1024 * 1024) })
  const controller = new AbortController()
  const context = attemptContext({ signal: controller.signal, progress: () => controller.abort() })
  const error = (await fileBench(root).error('copy', { path: 'large', destination: 'copy' }, context)) as { message: string }
  assert.is(error.message, 'AbortError: This operation was aborted')
  assert.equal(readdirSync(root), ['large'])
})

copy.run()

const move = suite('file move')

for (const path of ['file', 'folder', 'folder/link'])
  move(`moves ${path} and makes parents`, async () => {
    const root = tree()
    assert.equal(await fileBench(root).value('move', { path, destination: 'new/place' }), { path, destination: 'new/place' })
    const after = snapshotOf(root)
    assert.is(after[path], undefined)
    assert.is(after['new/place'], { file: 'file 644 f', folder: 'folder 755', 'folder/link': 'link to a' }[path])
    if (path === 'folder') assert.is(after['new/place/b/c'], 'file 644 cc')
  })

for (const path of ['file', 'folder'])
  for (const destination of ['other', 'full'])
    move(`moves ${path} over ${destination} only when asked to`, async () => {
      const root = tree()
      const before = snapshotOf(root)
      const bench = fileBench(root)
      assert.equal(await bench.error('move', { path, destination }), taken(destination))
      assert.equal(snapshotOf(root), before)
      await bench.value('move', { path, destination, overwrite: true })
      const after = snapshotOf(root)
      assert.is(after[path], undefined)
      assert.is(after[destination], path === 'file' ? 'file 644 f' : 'folder 755')
      assert.is(after['full/x'], destination === 'full' ? undefined : 'file 644 x')
      assert.equal(
        readdirSync(root).sort(),
        ['file', 'folder', 'full', 'other'].filter((name) => name !== path),
      )
    })

move('of many at once to one path exactly one succeeds, and no file is lost', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `file-${index}`)
  const root = tempTree(Object.fromEntries(names.map((name) => [name, name])))
  const bench = fileBench(root)
  const ends = await Promise.all(names.map((path) => bench.attempt('move', { path, destination: 'place' })))
  assert.is(ends.filter(({ _tag }) => _tag === 'Right').length, 1)
  assert.equal(Object.values(snapshotOf(root)).sort(), names.map((name) => `file 644 ${name}`).sort())
})

move.run()

const both = suite('file copy and move')

for (const [operation, verb] of [
  ['copy', 'copied'],
  ['move', 'moved'],
] as const) {
  const rows = [
    [
      'folder',
      'folder/b/new/x',
      `folder cannot be ${verb} to folder/b/new/x, since one of the two holds the other. Choose another destination.`,
    ],
    ['folder/a', 'folder', `folder/a cannot be ${verb} to folder, since one of the two holds the other. Choose another destination.`],
    ['file', './file', `file cannot be ${verb} onto itself. Choose another destination.`],
  ] as const
  for (const [path, destination, message] of rows)
    both(`${operation} of ${path} to ${destination} is refused, and makes nothing`, async () => {
      const root = tree()
      const before = snapshotOf(root)
      const what = destination === './file' ? 'file' : destination
      assert.equal(await fileBench(root).error(operation, { path, destination, overwrite: true }), refusal(what, message))
      assert.equal(snapshotOf(root), before)
    })

  both(`${operation} of what is not there is told, and makes no parents`, async () => {
    const root = tree()
    const before = snapshotOf(root)
    assert.equal(await fileBench(root).error(operation, { path: 'no', destination: 'new/place' }), {
      type: 'not-found',
      message: 'no: there is nothing at this path.',
      retryable: false,
      what: 'no',
    })
    assert.equal(snapshotOf(root), before)
  })

  both(`${operation} to a path below a file is told`, async () => {
    assert.equal(await fileBench(tree()).error(operation, { path: 'other', destination: 'file/x' }), {
      type: 'system',
      code: 'ENOTDIR',
      message: 'file/x: A part of the path is a file, not a folder (ENOTDIR).',
      retryable: false,
      path: 'file/x',
    })
  })
}

both('where the disk has no hard links, a new file still replaces nothing', async () => {
  const root = tempTree({ draft: 'new', draft2: 'newer' })
  const folder = await (process.platform === 'linux' ? holdByHandle : holdByPath)(root)
  const noLinks = () => Promise.reject(Object.assign(new Error('no hard links here'), { code: 'EPERM' }))
  await putNew({ folder, name: 'draft' }, { folder, name: 'place' }, noLinks)
  const error = await putNew({ folder, name: 'draft2' }, { folder, name: 'place' }, noLinks).then(
    () => undefined,
    (thrown: { code: string }) => thrown.code,
  )
  await folder.release()
  assert.is(error, 'EEXIST')
  assert.equal(snapshotOf(root), { draft2: 'file 644 newer', place: 'file 644 new' })
})

both('a second name of one file is a file like any other', async () => {
  const root = tempTree({ a: 'x' })
  linkSync(join(root, 'a'), join(root, 'b'))
  await fileBench(root).value('write', { path: 'b', content: 'y' })
  writeFileSync(join(root, 'c'), 'z')
  assert.equal(snapshotOf(root), { a: 'file 644 x', b: 'file 644 y', c: 'file 644 z' })
})

both.run()
