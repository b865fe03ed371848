import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { describeDifference } from '../../../src/monitor/history/comparable.js'
import { compareRuns } from '../../../src/monitor/history/compareRuns.js'
import type { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { runRecord, typeRecord } from './records.js'

const test = suite('compareRuns')

const times = [100, 104, 98, 101, 99, 102]
const slower = times.map((ms) => ms * 1.5)

const right = (before: readonly RunRecord[], after: readonly RunRecord[]) => {
  const compared = compareRuns(before, after)
  assert.ok(compared._tag === 'Right')
  return compared.right
}

const runs = (factor: number, from = 0): readonly RunRecord[] =>
  times.map((ms, index) =>
    runRecord({
      runId: `r${from + index}`,
      startedAt: from + index,
      makespanMs: ms,
      types: [typeRecord('file.write', [ms]), typeRecord('shell.run', [ms * factor])],
    }),
  )

test('names the type that is slower, and the first of the runs in which it is', () => {
  const { verdict, types, makespan, since, beforeStep } = right(runs(1), runs(1.5, 6))
  assert.is(verdict, 'slower')
  assert.equal(
    types.map(({ name, change }) => [name, change.verdict]),
    [
      ['file.write', 'same'],
      ['shell.run', 'slower'],
    ],
  )
  assert.is(makespan.verdict, 'same')
  assert.equal([since, beforeStep], [{ runId: 'r6', startedAt: 6 }, 0])
})

test('finds runs the same as themselves', () => {
  assert.is(right(runs(1), runs(1)).verdict, 'same')
})

test('says nothing of fewer than five runs a side, however many operations they had', () => {
  const many = runRecord({ types: [typeRecord('shell.run', times)] })
  const slow = runRecord({ types: [typeRecord('shell.run', slower)] })
  for (const [before, after] of [
    [[many], [slow]],
    [Array.from({ length: 9 }, () => many), Array.from({ length: 4 }, () => slow)],
    [Array.from({ length: 4 }, () => many), Array.from({ length: 9 }, () => slow)],
  ] as const) {
    const { verdict, types, makespan } = right(before, after)
    assert.equal([verdict, makespan.verdict, types[0]?.change.verdict], ['too-few', 'too-few', 'too-few'])
  }
})

test('compares what came since a step: on both sides, and of the later by both together', () => {
  const of = (ms: number, count: number, from: number): readonly RunRecord[] =>
    Array.from({ length: count }, (_, index) =>
      runRecord({ runId: `r${from + index}`, startedAt: from + index, makespanMs: ms + ((index * 7) % 5) }),
    )
  const before = [...of(400, 6, 0), ...of(200, 6, 6)]
  const found = right(before, [...of(200, 3, 12), ...of(300, 5, 15)])
  assert.equal([found.verdict, found.since?.runId, found.beforeStep], ['slower', 'r15', 6 + 3])
  assert.ok(found.makespan.verdict === 'slower' && found.makespan.ratio > 1.45)
  const few = right(before, [...of(200, 6, 12), ...of(300, 4, 18)])
  assert.equal([few.verdict, few.makespan], ['too-few', { verdict: 'too-few', before: 6, after: 4 }])
})

test('judges the makespan from five runs a side', () => {
  const makespans = (factor: number) => times.map((ms) => runRecord({ makespanMs: ms * factor }))
  assert.is(right(makespans(1), makespans(1.5)).makespan.verdict, 'slower')
  assert.is(right(makespans(1.5), makespans(1)).verdict, 'faster')
  assert.is(right(makespans(1).slice(0, 4), makespans(1.5)).makespan.verdict, 'too-few')
})

test('takes a run as one value when there are five a side: one slow run of five is no slow type', () => {
  const run = (ms: number) =>
    runRecord({
      types: [
        typeRecord(
          'shell.run',
          Array.from({ length: 40 }, () => ms),
        ),
      ],
    })
  const { types } = right(times.map(run), [...times.slice(1), 400].map(run))
  assert.equal(
    types.map(({ change }) => change.verdict),
    ['same'],
  )
})

test('refuses what cannot be compared, with everything that differs', () => {
  const compared = compareRuns([runRecord()], [runRecord({ shape: 'other', cpus: 8 }), runRecord({ cpus: 8 })])
  assert.ok(compared._tag === 'Left')
  assert.equal(compared.left, [
    { field: 'shape', before: '0123456789abcdef', after: 'other' },
    { field: 'cpus', before: 2, after: 8 },
  ])
})

test('says in words what differs and what to do', () => {
  const compared = compareRuns([runRecord()], [runRecord({ shape: 'other', concurrency: 2, cpus: 8, nodeMajor: 22 })])
  assert.ok(compared._tag === 'Left')
  assert.equal(compared.left.map(describeDifference), [
    'The plans differ (0123456789abcdef and other): compare runs of one plan, or give both plans the same name.',
    'One ran at concurrency 6, the other at 2: run one of them again with --concurrency 6.',
    'One ran on 2 CPUs, the other on 8: compare runs of similar machines.',
    'One ran on Node 20, the other on Node 22: run one of them again on Node 22.',
  ])
})

test('runs that failed are left out, and said so', () => {
  const before = Array.from({ length: 5 }, (_, index) => runRecord({ makespanMs: 1_000 + index }))
  const fast = Array.from({ length: 5 }, (_, index) => runRecord({ makespanMs: 10 + index, ok: false }))
  const compared = compareRuns(before, fast)
  assert.ok(compared._tag === 'Right')
  assert.equal(compared.right.makespan, { verdict: 'too-few', before: 5, after: 0 })
  assert.is(compared.right.leftOut, 5)
  assert.is(compared.right.verdict, 'too-few')
})

test.run()
