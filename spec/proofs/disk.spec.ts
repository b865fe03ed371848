// @limit 2400
import fc from 'fast-check'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { suite } from 'uvu'
import { runBatch } from '../../src/engine/runBatch.js'
import type { TerminalEvent } from '../../src/model/event.js'
import { isTerminal } from '../../src/model/isTerminal.js'
import { standardOperations } from '../../src/operations/standard.js'
import { cameTo, fileBatch, linkTo, oldTree, oneByOne } from '../support/randomPlanDisk.js'
import { holds } from '../support/randomPlanRuns.js'
import { snapshotOf, tempTree } from '../support/tempTree.js'

const test = suite('the outcome on a disk, side by side')

const home = tempTree()

test('equals the list run in order, one at a time: the tree left behind, and what each operation came to', () =>
  holds(
    fc.record({ operations: fileBatch, concurrency: fc.integer({ min: 2, max: 12 }), byLink: fc.boolean() }),
    150,
    async ({ operations, concurrency, byLink }) => {
      const [root, plainRoot] = [oldTree(home), oldTree(home)]
      const ends = new Map<string, TerminalEvent>()
      for await (const event of runBatch(
        { operations, concurrency },
        { operations: standardOperations({ root: byLink ? linkTo(root) : root }) },
      ))
        if (isTerminal(event)) ends.set(event.id, event)
      const skipped = new Set([...ends.values()].flatMap((end) => (end.type === 'operation-skipped' ? [end.id] : [])))
      const due = await oneByOne(operations, standardOperations({ root: plainRoot }), skipped)
      const broken = [...due].flatMap(([id, came]) => {
        const end = ends.get(id)
        const really = end && cameTo(end)
        return isDeepStrictEqual(really, came)
          ? []
          : [`"${id}" came to ${JSON.stringify(really)}, and one by one to ${JSON.stringify(came)}`]
      })
      const [left, right] = [snapshotOf(root), snapshotOf(plainRoot)]
      if (!isDeepStrictEqual(left, right)) broken.push(`it leaves ${JSON.stringify(left)}, and one by one ${JSON.stringify(right)}`)
      for (const each of [root, plainRoot]) rmSync(each, { recursive: true })
      return broken.length === 0 ? [] : [...broken, JSON.stringify(operations)]
    },
  ))

type Change = { readonly path: string; readonly how: 'append' | 'edit'; readonly byLink: boolean }
const changes = fc.array(
  fc.record<Change>({ path: fc.constantFrom('a', 'd/x', 'linked', 'new/n'), how: fc.constantFrom('append', 'edit'), byLink: fc.boolean() }),
  { minLength: 2, maxLength: 12 },
)

test('two batches at once lose nothing that they said succeeded, by whatever path each change goes', () =>
  holds(fc.tuple(changes, changes, fc.integer({ min: 1, max: 6 })), 60, async ([first, second, concurrency]) => {
    const root = oldTree(home)
    const roots = [root, linkTo(root)] as const
    writeFileSync(join(root, 'a'), `start\r\n`)
    const succeeded: string[] = []
    const batch = async (mark: string, all: readonly Change[]): Promise<void> => {
      const operations = all.map(({ path, how, byLink }, index) => ({
        id: `${mark}${index}-`,
        type: 'file',
        operation: how,
        params: {
          path: join(roots[byLink ? 1 : 0], path),
          ...(how === 'append' ? { content: `${mark}${index}-` } : { edits: [{ find: 't', replace: `t${mark}${index}-` }] }),
        },
      }))
      const plan: unknown = { operations, concurrency, inferDependencies: false }
      for await (const event of runBatch(plan, { operations: standardOperations({ root: roots[mark === 'p' ? 0 : 1] }) }))
        if (event.type === 'operation-succeeded') succeeded.push(event.id)
    }
    await Promise.all([batch('p', first), batch('q', second)])
    const text = Object.values(snapshotOf(root)).join('\n')
    const lost = succeeded.filter((mark) => !text.includes(mark))
    rmSync(root, { recursive: true })
    rmSync(roots[1])
    return lost.length === 0 ? [] : [`lost: ${lost.join(' ')}`, JSON.stringify([first, second])]
  }))

test.run()
