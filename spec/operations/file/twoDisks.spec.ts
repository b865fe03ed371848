import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { growTree, snapshotOf, tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file move between disks')

// Linux keeps this folder in memory: another file system than that of temporary files, where those are on a disk.
const memory = '/dev/shm'
const isOther = existsSync(memory) && statSync(memory).dev !== statSync(tmpdir()).dev

const twoRoots = () => {
  const first = tempTree({ 'folder/a': 'a', 'folder/b/c': 'cc', 'folder/link': { link: 'a' }, file: 'f' })
  chmodSync(join(first, 'folder/b'), 0o700)
  const second = isOther ? mkdtempSync(join(memory, 'millrace-spec-')) : tempTree()
  process.once('exit', () => rmSync(second, { recursive: true, force: true, maxRetries: 10 }))
  growTree(second, { 'taken/x': 'x', old: 'o' })
  return { first, second, bench: fileBench({ roots: [first, second] }) }
}

for (const path of ['file', 'folder'])
  for (const to of ['new/place', 'taken', 'old'])
    test(`moves ${path} to ${to}, whole, and takes it back`, async () => {
      const { first, second, bench } = twoRoots()
      const before = [snapshotOf(first), snapshotOf(second)] as const
      const context = attemptContext({ undoable: true })
      const destination = join(second, to)
      if (to !== 'new/place') assert.is(((await bench.error('move', { path, destination })) as { type: string }).type, 'already-exists')
      assert.equal([snapshotOf(first), snapshotOf(second)], before)

      assert.equal(await bench.value('move', { path, destination, overwrite: to !== 'new/place' }, context), { path, destination })
      const moved = Object.entries(before[0]).filter(([name]) => name === path || name.startsWith(`${path}/`))
      const after = snapshotOf(second)
      for (const [name, entry] of moved) assert.is(after[to + name.slice(path.length)], entry)
      assert.equal(
        snapshotOf(first),
        Object.fromEntries(Object.entries(before[0]).filter((entry) => !moved.some(([name]) => name === entry[0]))),
      )

      await context.undo()
      assert.equal([snapshotOf(first), snapshotOf(second)], before)
    })

test.run()
