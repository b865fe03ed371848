import { readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { tree, taken } from './copyMoveTree.js'

const test = suite('file move')

for (const path of ['file', 'folder', 'folder/link'])
  test(`moves ${path} and makes parents`, async () => {
    const root = tree()
    assert.equal(await fileBench(root).value('move', { path, destination: 'new/place' }), { path, destination: 'new/place' })
    const after = snapshotOf(root)
    assert.is(after[path], undefined)
    assert.is(after['new/place'], { file: 'file 644 f', folder: 'folder 755', 'folder/link': 'link to a' }[path])
    if (path === 'folder') assert.is(after['new/place/b/c'], 'file 644 cc')
  })

for (const path of ['file', 'folder'])
  for (const destination of ['other', 'full'])
    test(`moves ${path} over ${destination} only when asked to`, async () => {
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

test('of many at once to one path exactly one succeeds, and no file is lost', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `file-${index}`)
  const root = tempTree(Object.fromEntries(names.map((name) => [name, name])))
  const bench = fileBench(root)
  const ends = await Promise.all(names.map((path) => bench.attempt('move', { path, destination: 'place' })))
  assert.is(ends.filter(({ _tag }) => _tag === 'Right').length, 1)
  assert.equal(Object.values(snapshotOf(root)).sort(), names.map((name) => `file 644 ${name}`).sort())
})

test.run()
