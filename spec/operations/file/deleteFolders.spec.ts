import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const tree = () =>
  tempTree({ file: 'f', 'folder/a': 'a', 'folder/b/c': 'c', empty: null, link: { link: 'folder' }, dangling: { link: 'no' } })
const notFound = (path: string) => ({ type: 'not-found', message: `${path}: there is nothing at this path.`, retryable: false, what: path })
const system = (code: string, path: string, message: string) => ({
  type: 'system',
  code,
  message: `${path} ${message}`,
  retryable: false,
  path,
})

const remove = suite('file delete')

for (const path of ['file', 'link', 'dangling', 'folder/b/c'])
  remove(`deletes ${path} alone`, async () => {
    const root = tree()
    const { [path]: _, ...rest } = snapshotOf(root)
    assert.equal(await fileBench(root).value('delete', { path }), { path, deleted: true })
    assert.equal(snapshotOf(root), rest)
  })

remove('deletes a folder only when asked to delete what it holds', async () => {
  const root = tree()
  const bench = fileBench(root)
  const refusal = system('EISDIR', 'folder', 'is a folder. Set recursive: true to delete it with all it holds.')
  assert.equal(await bench.error('delete', { path: 'folder' }), refusal)
  assert.is(snapshotOf(root)['folder/a'], 'file 644 a')
  assert.equal(await bench.value('delete', { path: 'folder', recursive: true }), { path: 'folder', deleted: true })
  assert.equal(Object.keys(snapshotOf(root)), ['dangling', 'empty', 'file', 'link'])
})

for (const path of ['no', 'no/no'])
  remove(`tells that nothing is at ${path}, or is content with it`, async () => {
    const bench = fileBench(tree())
    assert.equal(await bench.error('delete', { path }), notFound(path))
    assert.equal(await bench.value('delete', { path, ignoreMissing: true }), { path, deleted: false })
  })

remove.run()

const mkdir = suite('file mkdir')

mkdir('makes a folder and its parents, and is content with one that is there', async () => {
  const root = tempTree({ link: { link: 'target' } })
  const bench = fileBench(root)
  assert.equal(await bench.value('mkdir', { path: 'a/b/c/' }), { path: 'a/b/c', created: true })
  for (const path of ['a/b/c', 'a', '.']) assert.equal(await bench.value('mkdir', { path }), { path, created: false })
  assert.equal(await bench.value('mkdir', { path: 'link' }), { path: 'link', created: true })
  assert.equal(Object.keys(snapshotOf(root)), ['a', 'a/b', 'a/b/c', 'link', 'target'])
})

mkdir('of many at once for one path exactly one makes it', async () => {
  const bench = fileBench(tempTree())
  const made = await Promise.all(Array.from({ length: 20 }, () => bench.value('mkdir', { path: 'a/b/c' })))
  assert.is(made.filter((value) => (value as { created: boolean }).created).length, 1)
})

mkdir('refuses to take the place of a file', async () => {
  assert.equal(await fileBench(tree()).error('mkdir', { path: 'file' }), {
    type: 'already-exists',
    message: 'file: something already exists at this path. It is not a folder: delete it first, or choose another path.',
    retryable: false,
    path: 'file',
  })
})

mkdir.run()

const rmdir = suite('file rmdir')

rmdir('removes an empty folder', async () => {
  const root = tree()
  assert.equal(await fileBench(root).value('rmdir', { path: 'empty' }), { path: 'empty' })
  assert.is(snapshotOf(root)['empty'], undefined)
})

rmdir('refuses anything else, and changes nothing', async () => {
  const root = tree()
  writeFileSync(join(root, 'folder/.hidden'), '')
  const before = snapshotOf(root)
  const bench = fileBench(root)
  assert.equal(
    await bench.error('rmdir', { path: 'folder' }),
    system('ENOTEMPTY', 'folder', 'is not empty. Use delete with recursive: true to remove it with all it holds.'),
  )
  for (const path of ['file', 'link'])
    assert.equal(await bench.error('rmdir', { path }), system('ENOTDIR', path, 'is not a folder. Use delete for it.'))
  assert.equal(await bench.error('rmdir', { path: 'no' }), notFound('no'))
  assert.equal(snapshotOf(root), before)
})

rmdir.run()
