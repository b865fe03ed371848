import * as fc from 'fast-check'
import { identity } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { adviceFor } from '../../../src/monitor/advice/adviceFor.js'
import { limitTooLow } from '../../../src/monitor/advice/limitTooLow.js'
import { hitRate, scoreAdvice } from '../../../src/monitor/advice/scoreAdvice.js'
import { recordOf } from '../../../src/monitor/history/runRecorder.js'
import { runRecord } from '../history/records.js'
import { graphOf, take, virtualRun } from '../virtualRun.js'

const test = suite('scoreAdvice')

const before = runRecord({ concurrency: 2, criticalPathMs: 300, workMs: 2_000, slotMs: 2_000 })
const [advice] = adviceFor(before, 'plan.json')

const rows: readonly (readonly [title: string, next: Parameters<typeof runRecord>[0], score: string])[] = [
  ['a makespan within the interval', { makespanMs: 400 }, 'hit'],
  ['a makespan above it', { makespanMs: 900 }, 'miss'],
  ['a makespan below it', { makespanMs: 200 }, 'miss'],
  ['the old concurrency', { makespanMs: 400, concurrency: 2 }, 'not-tested'],
  ['another plan', { makespanMs: 400, shape: 'other' }, 'not-tested'],
  ['another machine', { makespanMs: 400, cpus: 64 }, 'not-tested'],
]
for (const [title, next, score] of rows)
  test(`${title}: ${score}`, () => assert.is(scoreAdvice(advice!, runRecord({ concurrency: 7, ...next })), score))

test('an advice that predicts nothing is not tested', () => {
  const [single] = adviceFor(runRecord({ counts: { total: 1, succeeded: 1, failed: 0, skipped: 0, cancelled: 0 } }), 'plan.json')
  assert.is(scoreAdvice(single!, runRecord()), 'not-tested')
})

test('the hit rate is of those that were tested', () => {
  assert.is(hitRate(['hit', 'not-tested', 'miss', 'hit', 'hit']), 0.75)
  assert.is(hitRate(['not-tested']), undefined)
})

test('a raised limit is always a hit when attempts take as long as before', () => {
  let advised = 0
  const plans = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 400 }), needs: fc.array(fc.nat(40), { maxLength: 2 }) }), {
    minLength: 8,
    maxLength: 40,
  })
  fc.assert(
    fc.property(plans, fc.integer({ min: 1, max: 3 }), (nodes, concurrency) => {
      const operations = nodes.map(({ ms, needs }, index) =>
        take(`n${index}`, ms, { dependencies: [...new Set(needs)].filter((need) => need < index).map((need) => `n${need}`) }),
      )
      const record = (limit: number) => {
        const plan = { concurrency: limit, operations }
        return recordOf(
          virtualRun(plan, () => identity),
          { shape: 's', cpus: 2, nodeMajor: 20, graph: graphOf(plan) },
        )!
      }
      const given = limitTooLow(record(concurrency), 'plan.json')
      if (given === undefined) return
      advised++
      assert.is(scoreAdvice(given, record(given.conditions.concurrency)), 'hit')
    }),
    { numRuns: 80 },
  )
  assert.ok(advised > 20, `${advised} advised`)
})

test.run()
