import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OperationFailure } from '../../../src/model/operationError.js'
import { systemError } from '../../../src/operations/systemError.js'
import { pathFailure } from '../../../src/operations/file/confine/withPathErrors.js'
import { attemptContext } from '../../support/attemptContext.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('errors of undos')

const withTemporary = async (path: string, use: () => Promise<void>): Promise<void> => {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = path
  try {
    await use()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

test('a missing folder for temporary files is the error, before anything is changed', async () => {
  const root = tempTree({ file: 'old', 'd/a': 'a' })
  const before = snapshotOf(root)
  const missing = join(tempTree(), 'missing')
  await withTemporary(missing, async () => {
    const bench = fileBench(root)
    for (const [operation, params] of [
      ['write', { path: 'file', content: 'new' }],
      ['delete', { path: 'd', recursive: true }],
      ['move', { path: 'd', destination: 'e' }],
      ['edit', { path: 'file', edits: [{ find: 'old', replace: 'new' }] }],
    ] as const) {
      const error = await bench.error(operation, params, attemptContext({ undoable: true }))
      assert.equal(error, {
        type: 'system',
        code: 'ENOENT',
        path: missing,
        message: `${missing}, the folder for temporary files (TMPDIR), cannot take the copy that a rollback would need (ENOENT). Nothing was changed: make that folder, or set TMPDIR to another one.`,
        retryable: false,
      })
      assert.equal(snapshotOf(root), before)
    }
    // What needs no copy needs no such folder.
    await bench.value('write', { path: 'file', content: 'new' })
    assert.equal(await bench.value('read', { path: 'file' }), { path: 'file', content: 'new', bytes: 3 })
  })
})

test('a backup that went away meanwhile is an error that names the path of the plan', async () => {
  const temporary = tempTree()
  const root = tempTree({ 'd/file': 'old' })
  await withTemporary(temporary, async () => {
    const context = attemptContext({ undoable: true })
    await fileBench(root).value('write', { path: 'd/file', content: 'new' }, context)
    for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { recursive: true })
    const thrown = await context.undo().then(
      () => assert.unreachable(),
      (error: unknown) => error as OperationFailure,
    )
    assert.instance(thrown, OperationFailure)
    const text = JSON.stringify((thrown as OperationFailure).error) + String((thrown as OperationFailure).cause)
    assert.not.match(text, '/proc/self')
    assert.match((thrown as OperationFailure).message, /^d\/file: /)
  })
})

test('a folder that another process fills while its undo empties it says so by its path', async () => {
  const root = tempTree()
  const context = attemptContext({ undoable: true })
  await fileBench(root).value('mkdir', { path: 'new/folder' }, context)
  mkdirSync(join(root, 'new/folder/theirs'))
  writeFileSync(join(root, 'new/folder/theirs/x'), '')
  const error = await context.undo().then(
    () => undefined,
    (thrown: unknown) => (thrown as OperationFailure).error,
  )
  assert.is(error?.type, 'changed-since')
  chmodSync(join(root, 'new'), 0o755)
})

test('no error names the path of a handle, whatever the system calls it', () => {
  for (const code of ['ENODEV', 'ENXIO', 'EIO', 'ESTALE', 'EACCES', 'EBUSY']) {
    const thrown = Object.assign(new Error(`${code}: something, rename '/proc/self/fd/21/.millrace-00' -> '/proc/self/fd/21/f'`), { code })
    const { message, cause } = pathFailure('d/f', thrown).error
    assert.not.match(message + String(cause), '/proc/self')
    assert.ok(message.startsWith('d/f: ') && message.includes(code), message)
  }
  assert.is(systemError(Object.assign(new Error('x'), { code: 'ENODEV' }), 'f').message, 'f: No such device (ENODEV).')
})

test.run()
