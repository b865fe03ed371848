import { existsSync, mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dropOldRuns, loggedRuns, type SeenRuns } from '../../src/journal/retention.js'
import { openRunLog } from '../../src/journal/runLog.js'
import { tempTree } from '../support/tempTree.js'

const test = suite('retention')

/** Logs of runs a, b, c, …, a second apart; the last at 1,000,000 s. */
function logs(count: number): string {
  const root = tempTree()
  for (let index = 0; index < count; index++) {
    const folder = join(root, '.millrace/runs', String.fromCharCode(97 + index))
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'events.ndjson'), '')
    const at = 1_000_000 - (count - 1 - index)
    utimesSync(join(folder, 'events.ndjson'), at, at)
  }
  return root
}
const now = 1_000_000_000
const left = async (root: string): Promise<string> => (await loggedRuns(root)).map(({ runId }) => runId).join('')

test('keeps the latest so many', async () => {
  const root = logs(5)
  assert.equal(await dropOldRuns(root, { runs: 2 }, now), ['a', 'b', 'c'])
  assert.is(await left(root), 'de')
})

test('keeps those that are not older than an age', async () => {
  const root = logs(5)
  await dropOldRuns(root, { ageMs: 2_500 }, now)
  assert.is(await left(root), 'cde')
})

test('keeps the latest that fit into a size, and the last one whatever it has', async () => {
  const root = logs(5)
  for (const id of 'abcde') {
    const path = join(root, '.millrace/runs', id, 'events.ndjson')
    const { atime, mtime } = statSync(path)
    writeFileSync(path, 'x'.repeat(100))
    utimesSync(path, atime, mtime)
  }
  await dropOldRuns(root, { bytes: 399 }, now)
  assert.is(await left(root), 'cde')
  await dropOldRuns(root, { bytes: 200 }, now)
  assert.is(await left(root), 'de')
  await dropOldRuns(root, { bytes: 50 }, now)
  assert.is(await left(root), 'e')
})

test('keeps the log of a run that another one resumed for as long as that one is there', async () => {
  const root = logs(3)
  const resumed = join(root, '.millrace/runs/a/resumed.json')
  writeFileSync(resumed, JSON.stringify({ runId: 'c' }))
  writeFileSync(join(root, '.millrace/runs/c/run.json'), '{}')
  assert.equal(await dropOldRuns(root, { runs: 1 }, now), ['b'])
  assert.is(await left(root), 'ac')
  writeFileSync(resumed, JSON.stringify({ runId: 'gone' }))
  assert.equal(await dropOldRuns(root, { runs: 1 }, now), ['a'])
})

test('drops what either bound drops', async () => {
  const root = logs(5)
  await dropOldRuns(root, { runs: 4, ageMs: 10_000 }, now)
  assert.is(await left(root), 'bcde')
  await dropOldRuns(root, { runs: 4, ageMs: 1_500 }, now)
  assert.is(await left(root), 'de')
})

test('keeps a log that is being written, and leaves alone what is no log', async () => {
  const root = logs(2)
  const log = openRunLog(root, 'running')
  utimesSync(join(log.folder, 'events.ndjson'), 1, 1)
  mkdirSync(join(root, '.millrace/runs/notes'))
  assert.equal(await dropOldRuns(root, { runs: 0 }, now), ['a', 'b'])
  assert.ok(existsSync(log.folder) && existsSync(join(root, '.millrace/runs/notes')))
  await log.close()
})

test('what was seen once is looked at again before it is dropped, and all else is known', async () => {
  const root = logs(5)
  const seen: SeenRuns = new Map()
  assert.equal(await dropOldRuns(root, { runs: 4 }, now, seen), ['a'])
  // Written again since: it is the latest now.
  utimesSync(join(root, '.millrace/runs/b/events.ndjson'), 1_000_001, 1_000_001)
  rmSync(join(root, '.millrace/runs/c'), { recursive: true })
  for (const [id, at] of Object.entries({ y: 1_000_002, z: 999_999.5 })) {
    mkdirSync(join(root, '.millrace/runs', id))
    writeFileSync(join(root, '.millrace/runs', id, 'events.ndjson'), '')
    utimesSync(join(root, '.millrace/runs', id, 'events.ndjson'), at, at)
  }
  assert.equal(await dropOldRuns(root, { runs: 3 }, now, seen), ['d', 'z'])
  assert.is(await left(root), 'eby')
  assert.equal(
    [...seen.keys()].filter((id) => !'ebydz'.includes(id)),
    [],
  )
})

test('a root without runs has none to drop', async () => {
  assert.equal(await dropOldRuns(tempTree(), { runs: 0 }, now), [])
})

test.run()
