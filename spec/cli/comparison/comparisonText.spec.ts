import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { comparisonText } from '../../../src/cli/comparison/comparisonText.js'
import { latestLike } from '../../../src/cli/comparison/side.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import type { HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import { compareRuns } from '../../../src/monitor/history/compareRuns.js'
import { runRecord, typeRecord } from '../../monitor/history/records.js'

const test = suite('a comparison in words')

const times = [100, 104, 98, 101, 99, 102]
const times2 = times.map((ms) => ms * 2)

test('the worst first, each type with its medians, its ratio and how sure that is, then from which run on', () => {
  const runs = (shell: readonly number[], from: number) =>
    times.map((ms, index) =>
      runRecord({
        runId: `r${from + index}`,
        startedAt: from + index,
        makespanMs: ms,
        types: [typeRecord('file.read', [ms]), typeRecord('shell.run', [shell[index]!])],
      }),
    )
  const rare = runRecord({ runId: 'r12', startedAt: 12, makespanMs: 100, ok: false })
  const compared = compareRuns(runs(times, 0), [...runs(times2, 6), rare])
  assert.ok(compared._tag === 'Right')
  const [slower, same, whole, ...more] = comparisonText(compared.right, unpainted)
  assert.match(slower!, /^slower: shell\.run, 101 ms before, 201 ms now \(medians of runs; 2\.00x, 97 % interval 1\.9\d to 2\.0\d\)\.$/)
  assert.match(same!, /^same: file\.read, 101 ms before, 101 ms now \(/)
  assert.match(whole!, /^same: the whole run, /)
  assert.match(more.join('\n'), /^slower since the run r6 \(.+\)\.\nleft out: 1 run that failed\.$/)
})

test('too few runs are said, with how many it takes', () => {
  const compared = compareRuns(
    [runRecord({ types: [typeRecord('file.read', times)] })],
    [runRecord({ types: [typeRecord('file.read', times)] })],
  )
  assert.ok(compared._tag === 'Right')
  assert.equal(comparisonText(compared.right, unpainted), [
    'too few to tell: file.read, with 1 run a side; each side needs 5.',
    'too few to tell: the whole run, with 1 run a side; each side needs 5.',
  ])
})

test('a side is a run and the latest like it before it, without those of the other side', () => {
  const entry = (runId: string, startedAt: number, concurrency = 6): HistoryEntry => ({
    run: { ...runRecord({}), runId, startedAt, concurrency },
    advice: [],
    scored: [],
  })
  const entries = [entry('a', 1), entry('b', 2), entry('other', 3, 2), entry('c', 4), entry('d', 5)]
  const ids = (...given: Parameters<typeof latestLike> extends [unknown, ...infer Rest] ? Rest : never): readonly string[] =>
    latestLike(entries, ...given).map(({ runId }) => runId)
  const sides = (...names: readonly string[]) => entries.flatMap(({ run }) => (names.includes(run.runId) ? [run] : []))
  assert.equal(ids(4, 1), ['d'])
  assert.equal(ids(4, 3), ['b', 'c', 'd'])
  assert.equal(ids(4), ['a', 'b', 'c', 'd'])
  assert.equal(ids(2, 9), ['other'])
  // Later ones than the other side, where the named one is later; else all but those.
  assert.equal(ids(4, 9, sides('b')), ['c', 'd'])
  assert.equal(ids(1, 9, sides('c', 'd')), ['a', 'b'])
})

test.run()
