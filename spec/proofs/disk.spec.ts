// @limit 300
import fc from 'fast-check'
import { rmSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { suite } from 'uvu'
import { runBatch } from '../../src/engine/runBatch.js'
import type { TerminalEvent } from '../../src/model/event.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import { standardOperations } from '../../src/operations/standard.js'
import { cameTo, fileBatch, oldTree, oneByOne } from '../support/randomPlanDisk.js'
import { holds } from '../support/randomPlanRuns.js'
import { snapshotOf, tempTree } from '../support/tempTree.js'

const test = suite('the outcome on a disk, side by side')

const home = tempTree()

test('equals the list run in order, one at a time: the tree left behind, and what each operation came to', () =>
  holds(fc.record({ operations: fileBatch, concurrency: fc.integer({ min: 2, max: 12 }) }), 150, async ({ operations, concurrency }) => {
    const [root, plainRoot] = [oldTree(home), oldTree(home)]
    const ends = new Map<string, TerminalEvent>()
    for await (const event of runBatch({ operations, concurrency }, { operations: standardOperations({ root }) }))
      if (isTerminal(event)) ends.set(event.id, event)
    const skipped = new Set([...ends.values()].flatMap((end) => (end.type === 'operation-skipped' ? [end.id] : [])))
    const due = await oneByOne(operations, standardOperations({ root: plainRoot }), skipped)
    const broken = [...due].flatMap(([id, came]) => {
      const end = ends.get(id)
      const really = end && cameTo(end)
      return isDeepStrictEqual(really, came) ? [] : [`"${id}" came to ${JSON.stringify(really)}, and one by one to ${JSON.stringify(came)}`]
    })
    const [left, right] = [snapshotOf(root), snapshotOf(plainRoot)]
    if (!isDeepStrictEqual(left, right)) broken.push(`it leaves ${JSON.stringify(left)}, and one by one ${JSON.stringify(right)}`)
    for (const each of [root, plainRoot]) rmSync(each, { recursive: true })
    return broken.length === 0 ? [] : [...broken, JSON.stringify(operations)]
  }))

test.run()
