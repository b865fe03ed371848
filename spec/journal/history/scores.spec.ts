import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import { historyEntryOf } from '../../../src/journal/history/historyEntryOf.js'
import type { Advice } from '../../../src/monitor/advice/advice.js'
import { runRecord } from '../../monitor/history/records.js'

const test = suite('what a run says of earlier advice')

const run = (runId: string, makespanMs: number): HistoryEntry['run'] => ({ ...runRecord({ makespanMs }), runId })
const { shape, concurrency, cpus, nodeMajor } = run('any', 1)
const expects = (low: number, high: number, at = concurrency): Advice => ({
  id: 'critical-path',
  claim: 'It takes as long again.',
  evidence: {},
  predicted: { metric: 'makespanMs', low, high },
  conditions: { shape, concurrency: at, cpus, nodeMajor },
  check: 'millrace run plan.yaml',
})
const advised = (runId: string, ...advice: readonly Advice[]): HistoryEntry => ({ run: run(runId, 100), advice, scored: [] })
const scoredBy = (makespanMs: number, before: readonly HistoryEntry[]) => historyEntryOf(run('now', makespanMs), undefined, before).scored

test('a prediction that held is a hit, one that did not a miss', () => {
  assert.equal(scoredBy(100, [advised('a', expects(90, 110))]), [{ runId: 'a', id: 'critical-path', score: 'hit' }])
  assert.equal(scoredBy(120, [advised('a', expects(90, 110))]), [{ runId: 'a', id: 'critical-path', score: 'miss' }])
})

test('a run under other conditions says nothing', () => {
  assert.equal(scoredBy(100, [advised('a', expects(90, 110, concurrency + 1))]), [])
})

test('what was scored before is not scored again', () => {
  const first = advised('a', expects(90, 110))
  const second = historyEntryOf(run('b', 100), undefined, [first])
  assert.is(second.scored.length, 1)
  assert.equal(scoredBy(100, [first, { ...second, advice: [] }]), [])
})

test('of the same advice given by many runs only the latest is scored: one run is one piece of evidence', () => {
  const before = ['a', 'b', 'c'].map((id) => advised(id, expects(90, 110)))
  assert.equal(scoredBy(100, before), [{ runId: 'c', id: 'critical-path', score: 'hit' }])
})

test('advice of which no command is known is checked in words', () => {
  const given = runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000 })
  const checks = (plan?: string): readonly string[] => historyEntryOf(given, plan, []).advice.map(({ check }) => check)
  assert.equal(checks(), [`run the same plan (it came from no file) again in the same way, but at concurrency 7`])
  assert.equal(checks('plan.yaml'), [`run plan.yaml again in the same way, but at concurrency 7`])
})

test('the command that ran is what advice is checked by', () => {
  const { advice } = historyEntryOf(runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000 }), 'plan.yaml', [], {
    run: 'millrace run there',
    runAt: ['millrace run there --concurrency ', ''],
    plan: 'millrace plan there',
    root: [],
  })
  assert.equal(
    advice.map(({ check }) => check),
    ['millrace run there --concurrency 7'],
  )
})

test.run()
