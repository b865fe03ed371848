import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/index.js'
import { standardOperations } from '../../src/node.js'
import { withLog } from './runJsonCase.js'
import { stagePlan } from './stagePlan.js'

const test = suite('run --json by stage')

test('the log is what a run that is kept spends more', () => {
  const logged = { parse: 3, run: 10, summary: 2 }
  assert.equal(withLog(logged, { parse: 4, run: 7, summary: 2 }), { parse: 3, run: 7, 'log of the run': 3, summary: 2 })
})

test('each operation of its plan is an attempt of its own, and told as one', async () => {
  const events = await lastValueFrom(runBatch(stagePlan(100), { operations: standardOperations({ root: '.' }) }).pipe(toArray()))
  const count = (wanted: string): number => events.filter(({ type }) => type === wanted).length
  assert.equal(['operation-ready', 'attempt-started', 'operation-succeeded'].map(count), [100, 100, 100])
})

test.run()
