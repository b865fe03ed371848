import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file append')

test('adds to the end, and makes what is not there', async () => {
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

test('of many at once all arrive, each whole', async () => {
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

test('refuses a folder', async () => {
  assert.equal(await fileBench(tempTree({ folder: null })).error('append', { path: 'folder', content: '' }), {
    type: 'system',
    code: 'EISDIR',
    message: 'folder is a folder. Name a file.',
    retryable: false,
    path: 'folder',
  })
})

test('an abort leaves no part of a record', async () => {
  const root = tempTree({ log: 'one\n' })
  await fileBench(root).error('append', { path: 'log', content: 'two\n' }, attemptContext({ signal: AbortSignal.abort() }))
  assert.equal(snapshotOf(root), { log: 'file 644 one\n' })
})

test.run()
