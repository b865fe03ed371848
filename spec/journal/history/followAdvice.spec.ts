import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { followAdvice } from '../../../src/journal/history/followAdvice.js'
import { givenAdvice } from '../../../src/journal/history/givenAdvice.js'
import { lineOfEntry, type HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import { appendHistory, readHistory, replaceHistory } from '../../../src/journal/history/historyFile.js'
import { runRecord } from '../../monitor/history/records.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('following what a history advised')

const run = (runId: string): HistoryEntry['run'] => ({ ...runRecord({ makespanMs: 100 }), runId })
const { shape, concurrency, cpus, nodeMajor } = run('any')
const entry = (runId: string, ...scored: HistoryEntry['scored']): HistoryEntry => ({
  run: run(runId),
  advice: [
    {
      id: 'critical-path',
      claim: 'Ça dure autant.',
      evidence: {},
      predicted: { metric: 'makespanMs', low: 90, high: 110 },
      conditions: { shape, concurrency, cpus, nodeMajor },
      check: 'millrace run plan.yaml',
    },
  ],
  scored,
})
const fileOf = (root: string): string => join(root, '.millrace/history.ndjson')

/** A root, and the id of the run whose advice a run now would score: none when there is none. */
function followed() {
  const root = tempTree()
  const advised = followAdvice(root)
  return {
    root,
    scores: () =>
      advised()
        .scoresBy(run('now'))
        .map(({ runId }) => runId)
        .join(),
  }
}

test('there is none without a history', () => {
  assert.is(followed().scores(), '')
})

test('what others append is read, and what was read stays known', async () => {
  const { root, scores } = followed()
  await appendHistory(root, entry('a'))
  assert.is(scores(), 'a')
  await appendHistory(root, entry('b'))
  assert.is(scores(), 'b')
  await appendHistory(root, { ...entry('c', { runId: 'b', id: 'critical-path', score: 'hit' }), advice: [] })
  assert.is(scores(), '')
})

test('a history that was replaced, cut, or removed and begun again is read anew', async () => {
  const { root, scores } = followed()
  await appendHistory(root, entry('a'))
  assert.is(scores(), 'a')
  await replaceHistory(
    root,
    ['b', 'c', 'd'].map((id) => entry(id)),
  )
  assert.is(scores(), 'd')
  truncateSync(fileOf(root), lineOfEntry(entry('b')).length)
  assert.is.not(scores(), 'd')
  await replaceHistory(root, [])
  assert.is(scores(), '')
  await appendHistory(root, entry('e'))
  assert.is(scores(), 'e')
  rmSync(fileOf(root))
  assert.is(scores(), '')
  await appendHistory(root, entry('f'))
  assert.is(scores(), 'f')
})

test('a line still on its way is read once it is whole, and a torn one is left out', async () => {
  const { root, scores } = followed()
  await appendHistory(root, entry('a'))
  const line = Buffer.from(lineOfEntry(entry('b')))
  const middle = line.indexOf('Ç') + 1
  appendFileSync(fileOf(root), line.subarray(0, middle))
  assert.is(scores(), 'a')
  appendFileSync(fileOf(root), line.subarray(middle))
  assert.is(scores(), 'b')
  appendFileSync(fileOf(root), line.subarray(0, middle))
  await appendHistory(root, entry('c'))
  assert.is(scores(), 'c')
})

test('a last line without its end is read once', async () => {
  const { root, scores } = followed()
  await appendHistory(root, entry('a'))
  writeFileSync(fileOf(root), readFileSync(fileOf(root), 'utf8').trimEnd())
  assert.is(scores(), 'a')
  await appendHistory(root, entry('b'))
  assert.is(scores(), 'b')
})

test('step by step it knows what the whole history tells', async () => {
  const { root, scores } = followed()
  for (const id of ['a', 'b', 'c', 'd']) {
    const { entries } = await readHistory(root)
    const whole = givenAdvice(entries).scoresBy(run('now'))
    assert.is(scores(), whole.map(({ runId }) => runId).join())
    await appendHistory(root, entry(id, ...(id === 'c' ? [] : whole)))
  }
})

test.run()
