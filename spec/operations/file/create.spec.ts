import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file create')

test('makes a file and its parents', async () => {
  const root = tempTree()
  assert.equal(await fileBench(root).value('create', { path: 'a/b', content: 'x', mode: '600' }), { path: 'a/b', bytes: 1 })
  assert.equal(snapshotOf(root), { a: 'folder 755', 'a/b': 'file 600 x' })
})

for (const path of ['file', 'folder', 'link', '.'])
  test(`refuses to replace a ${path === '.' ? 'root' : path}`, async () => {
    const root = tempTree({ file: 'x', folder: null, link: { link: 'nowhere' } })
    const before = snapshotOf(root)
    assert.equal(await fileBench(root).error('create', { path, content: '' }), {
      type: 'already-exists',
      message: `${path}: something already exists at this path. Use write to replace it, or append to add to it.`,
      retryable: false,
      path,
    })
    assert.equal(snapshotOf(root), before)
  })

test('of many at once for one path exactly one succeeds', async () => {
  const root = tempTree()
  const bench = fileBench(root)
  const ends = await Promise.all(Array.from({ length: 30 }, (_, index) => bench.attempt('create', { path: 'a', content: String(index) })))
  const winners = ends.flatMap(({ _tag }, index) => (_tag === 'Right' ? [index] : []))
  assert.is(winners.length, 1)
  assert.equal(snapshotOf(root), { a: `file 644 ${winners[0]}` })
  for (const end of ends) if (end._tag === 'Left') assert.is(end.left.type, 'already-exists')
})

test.run()
