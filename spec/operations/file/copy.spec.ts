import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { tree, folder, taken, refusal } from './copyMoveTree.js'

const test = suite('file copy')

test('copies a file, its mode too, and makes parents', async () => {
  const root = tree()
  chmodSync(join(root, 'file'), 0o700)
  const value = await fileBench(root).value('copy', { path: 'file', destination: 'new/place' })
  assert.equal(value, { path: 'file', destination: 'new/place', files: 1, bytes: 1 })
  assert.match(JSON.stringify(snapshotOf(root)), '"new/place":"file 700 f"')
})

test('copies a folder with all it holds, links as links', async () => {
  const root = tree()
  const before = snapshotOf(root)
  const value = await fileBench(root).value('copy', { path: 'folder', destination: 'new' })
  assert.equal(value, { path: 'folder', destination: 'new', files: 2, bytes: 3 })
  assert.equal(snapshotOf(root), { ...before, ...folder('new') })
})

for (const destination of ['other', 'full'])
  test(`replaces ${destination} only when asked to, and then as a whole`, async () => {
    const root = tree()
    const before = snapshotOf(root)
    const bench = fileBench(root)
    assert.equal(await bench.error('copy', { path: 'folder', destination }), taken(destination))
    assert.equal(snapshotOf(root), before)
    await bench.value('copy', { path: 'folder', destination, overwrite: true })
    const { 'full/x': _, ...rest } = before
    assert.equal(snapshotOf(root), { ...(destination === 'full' ? rest : before), ...folder(destination) })
  })

test('refuses a link that would lead outside from its new place, and changes nothing', async () => {
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

test('refuses a pipe in a folder, and changes nothing', async () => {
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

test('tells how far a large copy is', async () => {
  const root = tempTree({ 'large/1': Buffer.alloc(6 * 1024 * 1024), 'large/2': Buffer.alloc(4 * 1024 * 1024) })
  const context = attemptContext()
  await fileBench(root).value('copy', { path: 'large', destination: 'copy' }, context)
  assert.equal(context.progresses, [
    { fraction: 0.4, message: '4194304 of 10485760 bytes' },
    { fraction: 0.8, message: '8388608 of 10485760 bytes' },
  ])
})

test('an abort midway leaves nothing', async () => {
  const root = tempTree({ 'large/1': Buffer.alloc(9 * 1024 * 1024) })
  const controller = new AbortController()
  const context = attemptContext({ signal: controller.signal, progress: () => controller.abort() })
  const error = (await fileBench(root).error('copy', { path: 'large', destination: 'copy' }, context)) as { message: string }
  assert.is(error.message, 'AbortError: This operation was aborted')
  assert.equal(readdirSync(root), ['large'])
})

test.run()
