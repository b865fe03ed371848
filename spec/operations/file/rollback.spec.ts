import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lastValueFrom, toArray } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { fileOperations } from '../../../src/operations/file/fileOperations.js'
import { snapshotOf, tempTree } from '../../support/tempTree.js'

const test = suite('file rollback')

test('a run that fails puts everything back, and leaves no backup', async () => {
  const root = tempTree({ 'old/a': 'a', 'old/b': 'b', keep: 'k' })
  const before = snapshotOf(root)
  process.env['TMPDIR'] = tempTree()
  const file = (operation: string, params: object, rest: object = {}) => ({ type: 'file', operation, params, ...rest })
  const plan: unknown = {
    onFailure: 'rollback',
    operations: [
      file('mkdir', { path: 'app' }),
      file('write', { path: 'app/one', content: '1' }, { id: 'one' }),
      file('copy', { path: 'old', destination: 'app/old' }),
      file('append', { path: { $ref: 'one.path' }, content: '2' }),
      file('delete', { path: 'old', recursive: true }),
      file('move', { path: 'keep', destination: 'old/a' }),
      file('edit', { path: 'old/a', edits: [{ find: 'absent', replace: '' }] }),
    ],
  }
  const events = await lastValueFrom(runBatch(plan, { operations: operationRegistry(fileOperations({ roots: [root] })) }).pipe(toArray()))
  const count = (type: string) => events.filter((event) => event.type === type).length
  assert.equal([count('operation-succeeded'), count('operation-failed'), count('undo-failed')], [6, 1, 0])
  assert.ok(count('operation-undone') >= 6)
  assert.equal(snapshotOf(root), before)
  assert.equal(readdirSync(process.env['TMPDIR']), [])
})

const script = fileURLToPath(new URL('succeededRun.js', import.meta.url))
const succeed = (temporary: string, until: string): unknown => {
  const args = ['--expose-gc', script, tempTree({ file: 'old' }), until]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, TMPDIR: temporary } }))
}

test('a backup goes when nobody can ask for the undo any more', () => {
  assert.equal(succeed(tempTree(), 'collected'), [1, 0])
})

test('a backup goes with the process at the latest', () => {
  const temporary = tempTree()
  assert.equal(succeed(temporary, 'exit'), [1])
  assert.equal(readdirSync(temporary), [])
})

test.run()
