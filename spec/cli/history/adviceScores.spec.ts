import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { adviceLines } from '../../../src/cli/run/record/adviceLines.js'
import { adviceScores, adviceText } from '../../../src/cli/history/adviceScores.js'
import { unpainted } from '../../../src/terminal/text/paint.js'
import type { HistoryEntry } from '../../../src/journal/history/historyEntry.js'
import type { Advice } from '../../../src/monitor/advice/advice.js'
import { runRecord } from '../../monitor/history/records.js'

const test = suite('the hit rate of advice')

const advice = (id: Advice['id'], checkable = true): Advice => ({
  id,
  claim: `About ${id}.`,
  evidence: {},
  ...(checkable && { predicted: { metric: 'makespanMs', low: 1, high: 2 } }),
  conditions: { shape: 's', concurrency: 1, cpus: 1, nodeMajor: 20 },
  check: 'millrace run plan.yaml',
})
const entry = (given: readonly Advice[], scored: HistoryEntry['scored'] = []): HistoryEntry => ({
  run: runRecord({}),
  advice: given,
  scored,
})

test('counts what was given, what a later run could check, and what was right', () => {
  const entries = [
    entry([advice('critical-path'), advice('nothing-batched', false)]),
    entry([advice('wait-cause'), advice('critical-path')], [{ runId: 'a', id: 'critical-path', score: 'hit' }]),
    entry([advice('wait-cause')], [{ runId: 'b', id: 'critical-path', score: 'miss' }]),
  ]
  assert.equal(adviceText(adviceScores(entries)), [
    'advice         given  checked  right  hit rate',
    'critical-path      2        2      1      50 %',
    'wait-cause         2        0      0         -',
    'all                4        2      1      50 %',
  ])
})

test('says so when there was none', () => {
  assert.equal(adviceText(adviceScores([entry([])])), ['No later run has checked any advice yet.'])
})

test('behind a run stand its first two that can be checked, each with its command', () => {
  const given = [advice('nothing-batched', false), advice('critical-path'), advice('wait-cause'), advice('retry-waste')]
  assert.equal(adviceLines(entry(given), false, unpainted), [
    'Advice: About critical-path.',
    '  To check it: millrace run plan.yaml',
    'Advice: About wait-cause.',
    '  To check it: millrace run plan.yaml',
  ])
})

test('nothing is advised behind a run that failed, was stopped, or took less than half a second', () => {
  const given = entry([advice('critical-path')])
  const shown = (run: Partial<HistoryEntry['run']>, stopped = false): number =>
    adviceLines({ ...given, run: { ...given.run, ...run } }, stopped, unpainted).length
  assert.is(shown({ ok: true, makespanMs: 500 }), 2)
  assert.is(shown({ ok: true, makespanMs: 499 }), 0)
  assert.is(shown({ ok: false, makespanMs: 500 }), 0)
  assert.is(shown({ ok: true, makespanMs: 500 }, true), 0)
})

test.run()
