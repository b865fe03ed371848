import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { takeWriterLock, writerOf } from '../../src/system/lock/writerLock.js'
import { ownerName, thisOwner, type Owner } from '../../src/system/owner.js'
import { processStart } from '../../src/system/processStart.js'
import { openRunLog } from '../../src/journal/runLog.js'
import { makePrivateFolder, makeStateFolder } from '../../src/system/stateFolder.js'
import { OperationFailure } from '../../src/model/operationError.js'
import { snapshotOf, tempTree, type Tree } from '../support/tempTree.js'
import { shortRun } from './shortRun.js'

const test = suite('the folder of a run')

const refusal = (call: () => unknown): string => {
  try {
    call()
  } catch (error) {
    if (error instanceof OperationFailure) return error.error.message
    throw error
  }
  throw new Error('Nothing was refused.')
}

test('is for this user alone, and out of version control', async () => {
  const root = tempTree()
  const log = openRunLog(root, 'r')
  log.append(shortRun[0]!)
  await log.close()
  const { '.millrace/runs/r/events.ndjson': events, ...rest } = snapshotOf(root)
  assert.match(events!, /^file 600 \{"type":"run-started"/)
  assert.equal(rest, {
    '.millrace': 'folder 700',
    '.millrace/.gitignore': 'file 600 *\n',
    '.millrace/runs': 'folder 700',
    '.millrace/runs/r': 'folder 700',
  })
})

for (const runId of ['', '..', '.hidden', 'a/b', 'a\\b', 'x'.repeat(129), 'a\nb'])
  test(`no run may be called ${JSON.stringify(runId.slice(0, 10))}`, () => {
    const root = tempTree()
    assert.is(
      refusal(() => openRunLog(root, runId)),
      `The run id ${JSON.stringify(runId)} cannot name a folder.\nUse at most 128 letters, digits, "-", "_" and ".", and no "." at the start.`,
    )
    assert.equal(readdirSync(root), [])
  })

test('is not made behind a link: what that leads to is not ours', () => {
  const root = tempTree({ elsewhere: null })
  symlinkSync('elsewhere', join(root, '.millrace'))
  assert.is(
    refusal(() => openRunLog(root, 'r')),
    `${join(root, '.millrace')} is a link or a file, where millrace needs its own folder.\nMove it away, or run with --no-log.`,
  )
  assert.equal(readdirSync(join(root, 'elsewhere')), [])
})

test('has one writer: a second is refused, with the number of the process that writes', async () => {
  const root = tempTree()
  const first = openRunLog(root, 'r')
  assert.is(writerOf(first.folder), process.pid)
  assert.is(
    refusal(() => openRunLog(root, 'r')),
    `${first.folder} is being written by process ${process.pid}.\nWait for it to end, or give this run another id.`,
  )
  first.append(shortRun[0]!)
  await first.close()
  assert.is(writerOf(first.folder), undefined)
  const second = openRunLog(root, 'r')
  second.append(shortRun[1]!)
  await second.close()
})

const lockOf = (owner: Owner): Tree => ({ [`writer/${ownerName(owner)}`]: '' })

test('is taken over from a process that is gone', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.on('close', resolve))
  const folder = tempTree(lockOf({ ...thisOwner(), pid: child.pid!, start: '1' }))
  assert.is(writerOf(folder), undefined)
  const lock = takeWriterLock(folder)
  assert.equal(readdirSync(folder), ['writer'])
  assert.equal(readdirSync(join(folder, 'writer')), [ownerName(thisOwner())])
  lock.release()
  assert.equal(readdirSync(folder), [])
})

test('is taken over when the number of its process now belongs to another', () => {
  const folder = tempTree(lockOf({ ...thisOwner(), pid: process.ppid, start: '1' }))
  // Only Linux tells when a process started; elsewhere its number alone says that it is there.
  if (process.platform === 'linux') assert.is(writerOf(folder), undefined)
  else assert.is(writerOf(folder), process.ppid)
  const start = processStart(process.ppid)?.split(' ')[1] ?? ''
  const held = tempTree(lockOf({ ...thisOwner(), pid: process.ppid, start }))
  assert.is(writerOf(held), process.ppid)
})

test('is not taken over from another container, whose processes cannot be seen from here', () => {
  const folder = tempTree(lockOf({ ...thisOwner(), pid: 1, numbers: '1' }))
  assert.is(writerOf(folder), 1)
  assert.is(
    refusal(() => takeWriterLock(folder)),
    `${folder} is being written by process 1 of another machine or container.\nWait for it to end, or give this run another id. If that is gone, remove ${folder}/writer.`,
  )
  assert.equal(readdirSync(folder), ['writer'])
})

test('is taken over when a kill left its lock without an owner', () => {
  const folder = tempTree({ writer: null })
  takeWriterLock(folder).release()
  assert.not(existsSync(join(folder, 'writer')))
})

test('is refused when something else stands where the lock belongs', () => {
  const folder = tempTree({ 'writer/notes.txt': '' })
  assert.is(
    refusal(() => takeWriterLock(folder)),
    `${folder}/writer is in the way of the lock of the same name, and no process owns it. Remove it.`,
  )
})

test('needs a root that is there', () => {
  const root = join(tempTree(), 'missing')
  assert.throws(() => openRunLog(root, 'r'), /^ENOENT|ENOENT/)
  assert.not(existsSync(root))
})

test('keeps what its owner put into .gitignore', () => {
  const root = tempTree()
  makeStateFolder(root)
  writeFileSync(join(root, '.millrace/.gitignore'), 'mine\n')
  makeStateFolder(root)
  assert.is(readFileSync(join(root, '.millrace/.gitignore'), 'utf8'), 'mine\n')
  assert.is(makePrivateFolder(join(root, '.millrace'), true), false)
})

test.run()
