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

test('names the type that is slower', () => {
  const before = runRecord({ types: [typeRecord('file.write', times), typeRecord('shell.run', times)] })
  const after = runRecord({ types: [typeRecord('file.write', times), typeRecord('shell.run', slower)] })
  const { verdict, types, makespan } = right([before], [after])
  assert.is(verdict, 'slower')
  assert.equal(
    types.map(({ name, change, of }) => [name, change.verdict, of]),
    [
      ['file.write', 'same', 'operations'],
      ['shell.run', 'slower', 'operations'],
    ],
  )
  assert.equal(makespan, { verdict: 'too-few', before: 1, after: 1 })
})

test('finds a run the same as itself', () => {
  const run = runRecord({ types: [typeRecord('file.write', times)] })
  assert.is(right([run], [run]).verdict, 'same')
})

test('says too few of a run with few operations', () => {
  const run = runRecord({ types: [typeRecord('file.write', times.slice(0, 4))] })
  assert.is(right([run], [run]).verdict, 'too-few')
})

test('judges the makespan from five runs a side', () => {
  const runs = (factor: number) => times.map((ms) => runRecord({ makespanMs: ms * factor }))
  assert.is(right(runs(1), runs(1.5)).makespan.verdict, 'slower')
  assert.is(right(runs(1.5), runs(1)).verdict, 'faster')
  assert.is(right(runs(1).slice(0, 4), runs(1.5)).makespan.verdict, 'too-few')
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
    types.map(({ change, of }) => [change.verdict, of]),
    [['same', 'runs']],
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
    'The plans differ (0123456789abcdef and other): compare runs of one plan, or give both plans one name.',
    'One ran at concurrency 6, the other at 2: run one of them again with --concurrency 6.',
    'One ran on 2 CPUs, the other on 8: compare runs of machines alike.',
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
