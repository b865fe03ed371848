import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { comparisonText } from '../../../src/cli/compare/comparisonText.js'
import { latestLike } from '../../../src/cli/compare/side.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import type { HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import { compareRuns } from '../../../src/monitor/history/compareRuns.js'
import { runRecord, typeRecord } from '../../monitor/history/records.js'

const test = suite('a comparison in words')

const times = [100, 104, 98, 101, 99, 102]
const times2 = times.map((ms) => ms * 2)

test('the worst first, each type with its medians, its ratio and how sure that is', () => {
  const before = runRecord({ types: [typeRecord('file.read', times), typeRecord('http.request', [1]), typeRecord('shell.run', times)] })
  const after = runRecord({ types: [typeRecord('file.read', times), typeRecord('http.request', [1, 2]), typeRecord('shell.run', times2)] })
  const compared = compareRuns([before], [after])
  assert.ok(compared._tag === 'Right')
  const [slower, same, ...few] = comparisonText(compared.right, unpainted)
  assert.match(
    slower!,
    /^slower: shell\.run, 101 ms before, 201 ms now \(medians of operations; 2\.00x, 97 % interval 1\.9\d to 2\.0\d\)\.$/,
  )
  assert.match(same!, /^same: file\.read, 101 ms before, 101 ms now \(/)
  assert.equal(few, [
    'too few to tell: http.request, with 1 operation before and 2 operations now; it takes 5 a side.',
    'too few to tell: the whole run, with 1 run a side; it takes 5 a side.',
  ])
})

test('a side is a run and the latest like it before it, without those of the other side', () => {
  const entry = (runId: string, concurrency = 6): HistoryEntry => ({
    run: { ...runRecord({}), runId, concurrency },
    advice: [],
    scored: [],
  })
  const entries = [entry('a'), entry('b'), entry('other', 2), entry('c'), entry('d')]
  const ids = (...given: Parameters<typeof latestLike> extends [unknown, ...infer Rest] ? Rest : never): readonly string[] =>
    latestLike(entries, ...given).map(({ runId }) => runId)
  assert.equal(ids(4, 1), ['d'])
  assert.equal(ids(4, 3), ['b', 'c', 'd'])
  assert.equal(ids(4, 9), ['a', 'b', 'c', 'd'])
  assert.equal(ids(4, 9, new Set(['a', 'b'])), ['c', 'd'])
  assert.equal(ids(2, 9), ['other'])
})

test.run()
