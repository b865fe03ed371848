import { linkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { holdByHandle } from '../../../src/operations/file/confine/heldFolder.js'
import { holdByPath } from '../../../src/operations/file/confine/folderByPath.js'
import { renameIntoNew } from '../../../src/operations/file/write/renameInto.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { tree, refusal } from './copyMoveTree.js'

const test = suite('file copy and move')

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
    test(`${operation} of ${path} to ${destination} is refused, and makes nothing`, async () => {
      const root = tree()
      const before = snapshotOf(root)
      const what = destination === './file' ? 'file' : destination
      assert.equal(await fileBench(root).error(operation, { path, destination, overwrite: true }), refusal(what, message))
      assert.equal(snapshotOf(root), before)
    })

  test(`${operation} of what is not there is told, and makes no parents`, async () => {
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

  test(`${operation} to a path below a file is told`, async () => {
    assert.equal(await fileBench(tree()).error(operation, { path: 'other', destination: 'file/x' }), {
      type: 'system',
      code: 'ENOTDIR',
      message: 'file/x: A part of the path is a file, not a folder (ENOTDIR).',
      retryable: false,
      path: 'file/x',
    })
  })
}

test('where the disk has no hard links, a new file still replaces nothing', () => {
  const root = tempTree({ draft: 'new', draft2: 'newer' })
  const folder = (process.platform === 'linux' ? holdByHandle : holdByPath)(root)
  const noLinks = () => {
    throw Object.assign(new Error('no hard links here'), { code: 'EPERM' })
  }
  renameIntoNew({ folder, name: 'draft' }, { folder, name: 'place' }, noLinks)
  const again = () => renameIntoNew({ folder, name: 'draft2' }, { folder, name: 'place' }, noLinks)
  assert.throws(again, (thrown: { code: string }) => thrown.code === 'EEXIST')
  folder.release()
  assert.equal(snapshotOf(root), { draft2: 'file 644 newer', place: 'file 644 new' })
})

test('a second name of one file is a file like any other', async () => {
  const root = tempTree({ a: 'x' })
  linkSync(join(root, 'a'), join(root, 'b'))
  await fileBench(root).value('write', { path: 'b', content: 'y' })
  writeFileSync(join(root, 'c'), 'z')
  assert.equal(snapshotOf(root), { a: 'file 644 x', b: 'file 644 y', c: 'file 644 z' })
})

test.run()
