import { chmodSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root, bench, notFound } from './findTree.js'

const test = suite('file stat')

test('tells kind, size, mode and age', async () => {
  chmodSync(join(root, 'b/d.js'), 0o4640)
  utimesSync(join(root, 'b/d.js'), 1, 1_700_000_000.5)
  assert.equal(await bench.value('stat', { path: 'b/d.js' }), {
    path: 'b/d.js',
    kind: 'file',
    bytes: 5,
    mode: '640',
    modifiedAt: 1_700_000_000_500,
  })
  const kinds = await Promise.all(['.', 'b', 'link'].map(async (path) => ((await bench.value('stat', { path })) as { kind: string }).kind))
  assert.equal(kinds, ['folder', 'folder', 'link'])
})

test('tells that nothing is there', async () => assert.equal(await bench.error('stat', { path: 'no' }), notFound('no')))

test.run()
