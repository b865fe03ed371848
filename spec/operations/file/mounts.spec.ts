import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { mountable, withMount } from './mounting.js'

const test = suite('what a rename cannot replace')

if (mountable) {
  /** A file that is itself a mount, as Docker and Kubernetes make them. */
  const inMountedFile = (use: (place: { readonly root: string; readonly source: string }) => Promise<void>): Promise<void> => {
    const root = tempTree({ source: 'one\ntwo\n', 'd/f': 'covered', 'd/g': 'g' })
    chmodSync(join(root, 'source'), 0o640)
    const source = join(root, 'source')
    return withMount(source, join(root, 'd/f'), () => use({ root, source }))
  }

  for (const [operation, params, content] of [
    ['write', { path: 'd/f', content: 'short' }, 'short'],
    ['write', { path: 'd/f', content: 'longer than what was there before' }, 'longer than what was there before'],
    ['edit', { path: 'd/f', edits: [{ find: 'two', replace: '2' }] }, 'one\n2\n'],
    ['append', { path: 'd/f', content: 'three\n' }, 'one\ntwo\nthree\n'],
  ] as const)
    test(`${operation} ${JSON.stringify(params)} reaches a mounted file, says so, and is taken back`, () =>
      inMountedFile(async ({ root, source }) => {
        const context = attemptContext({ undoable: true })
        const value = (await fileBench(root).value(operation, params, context)) as { inPlace?: true }
        if (operation !== 'append') assert.is(value.inPlace, true)
        assert.is(readFileSync(source, 'utf8'), content)
        await context.undo()
        assert.is(readFileSync(source, 'utf8'), 'one\ntwo\n')
        assert.is(statSync(source).mode & 0o777, 0o640)
        assert.not.ok(Object.keys(snapshotOf(root)).some((path) => path.includes('.millrace-')))
      }))

  for (const [operation, params, subject] of [
    ['delete', { path: 'd/f' }, 'd/f cannot be replaced, renamed or removed: it is a mount point.'],
    ['move', { path: 'd/f', destination: 'e' }, 'd/f cannot be moved: it is a mount point.'],
    ['move', { path: 'd/g', destination: 'd/f', overwrite: true }, 'd/f cannot be replaced, renamed or removed: it is a mount point.'],
    ['copy', { path: 'd/g', destination: 'd/f', overwrite: true }, 'd/f cannot be replaced, renamed or removed: it is a mount point.'],
    ['delete', { path: 'd', recursive: true }, 'd cannot be deleted: it holds a mount point, d/f.'],
    ['copy', { path: 'source', destination: 'd', overwrite: true }, 'd cannot be overwritten: it holds a mount point, d/f.'],
  ] as const)
    test(`${operation} ${JSON.stringify(params)} is refused before anything is gone, and no retry is promised`, () =>
      inMountedFile(async ({ root }) => {
        const before = snapshotOf(root)
        for (const undoable of [false, true]) {
          const context = attemptContext({ undoable })
          assert.equal(await fileBench(root).error(operation, params, context), {
            type: 'not-allowed',
            message: `${subject} Unmount that, or name what is inside.`,
            retryable: false,
            what: subject.split(' ')[0],
          })
          await context.undo()
          assert.equal(snapshotOf(root), before)
        }
      }))

  test('a mounted folder is not emptied, and what is in it can be changed', async () => {
    const root = tempTree({ 'source/a': 'a', 'source/b/c': 'c', at: null })
    await withMount(join(root, 'source'), join(root, 'at'), async () => {
      const bench = fileBench(root)
      const error = (await bench.error('delete', { path: 'at', recursive: true })) as { type: string }
      assert.is(error.type, 'not-allowed')
      assert.equal(Object.keys(snapshotOf(join(root, 'source'))), ['a', 'b', 'b/c'])
      await bench.value('write', { path: 'at/a', content: 'new' })
      await bench.value('delete', { path: 'at/b', recursive: true })
      assert.equal(snapshotOf(join(root, 'source')), { a: 'file 644 new' })
    })
  })
}

// The superuser is denied nothing: another user has to try.
const su = '/bin/su'
if (process.platform === 'linux' && process.geteuid?.() === 0 && existsSync(su)) {
  const script = fileURLToPath(new URL('./oneOperation.js', import.meta.url))
  const asNobody = (root: string, operation: string, params: object): unknown => {
    const command = [process.execPath, script, root, operation, JSON.stringify(params)].map((word) => `'${word}'`).join(' ')
    return JSON.parse(execFileSync(su, ['-s', '/bin/sh', 'nobody', '-c', command], { encoding: 'utf8' })) as unknown
  }
  const closed = (): string => {
    const root = tempTree({ 'nb/open': 'old', 'nb/closed': 'old' })
    chmodSync(root, 0o755)
    chmodSync(join(root, 'nb'), 0o755)
    chmodSync(join(root, 'nb/open'), 0o666)
    return root
  }
  const readable = (): boolean => {
    try {
      asNobody(closed(), 'stat', { path: 'nb/open' })
      return true
    } catch (error) {
      if (error instanceof Error) return false // Where the project lies in a private folder.
      throw error
    }
  }
  if (readable()) {
    test('a file one can write in a folder one may not is written in place', () => {
      const root = closed()
      assert.equal(asNobody(root, 'write', { path: 'nb/open', content: 'new' }), {
        path: 'nb/open',
        bytes: 3,
        created: false,
        inPlace: true,
      })
      assert.equal(asNobody(root, 'edit', { path: 'nb/open', edits: [{ find: 'n', replace: 'N' }] }), {
        path: 'nb/open',
        replacements: 1,
        bytes: 3,
        inPlace: true,
      })
      assert.equal(snapshotOf(root), { nb: 'folder 755', 'nb/closed': 'file 644 old', 'nb/open': 'file 666 New' })
    })

    for (const [operation, params] of [
      ['write', { path: 'nb/closed', content: '' }],
      ['write', { path: 'nb/new', content: '' }],
      ['create', { path: 'nb/new', content: '' }],
      ['append', { path: 'nb/new', content: '' }],
      ['delete', { path: 'nb/open' }],
      ['mkdir', { path: 'nb/new' }],
      ['copy', { path: 'nb/open', destination: 'nb/new' }],
      ['move', { path: 'nb/open', destination: 'nb/new' }],
    ] as const)
      test(`${operation} ${JSON.stringify(params)} there is one final error that names the folder`, () => {
        const root = closed()
        const before = snapshotOf(root)
        const subject = operation === 'copy' ? params.destination : params.path
        assert.equal(asNobody(root, operation, params), {
          type: 'system',
          code: 'EACCES',
          message: `${subject} cannot be changed: its folder, nb, does not let this user make, rename or remove anything (EACCES). Change the permissions of the folder, or name another path.`,
          retryable: false,
          path: subject,
        })
        assert.equal(snapshotOf(root), before)
      })

    test('in a folder where only owners may remove, another one writes in place', () => {
      const root = closed()
      chmodSync(join(root, 'nb'), 0o1777)
      const value = asNobody(root, 'write', { path: 'nb/open', content: 'new' }) as { inPlace?: true }
      assert.is(value.inPlace, true)
      assert.is(readFileSync(join(root, 'nb/open'), 'utf8'), 'new')
    })
  }
}

test.run()
