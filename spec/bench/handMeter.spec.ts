import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunStarted } from '../../src/model/event.js'
import { histogram } from '../../src/monitor/histogram/histogram.js'
import { meter } from '../../src/monitor/meter/meter.js'
import { handMeter } from './handMeter.js'
import { syntheticRun } from './syntheticRun.js'

const test = suite('figures added up by hand')

const close = (actual: number, expected: number, within = 1e-9): void =>
  assert.ok(expected > 0 && Math.abs(actual - expected) <= within * expected, `${actual} is not ${expected}`)

test('they are those of the monitor', () => {
  const [started, ...events] = syntheticRun(3_000)
  const library = meter(started as RunStarted) // It is the first of any run.
  const hand = handMeter(3_000, 6)
  for (const event of events) {
    library.observe(event)
    hand.observe(event)
  }
  const { occupancy, succeeded, kinds } = library.state
  const { states, areasMs, waitP95Ms, runP95Ms } = hand.latest()
  assert.equal(states, { pending: 0, ready: 0, running: 0, succeeded })
  close(areasMs.pending, occupancy.waitDependencyMs)
  close(areasMs.ready, occupancy.waitSlotMs + occupancy.waitPoolMs)
  close(areasMs.running, occupancy.workMs)
  close(areasMs.free, occupancy.idleDependencyMs + occupancy.idlePoolMs + occupancy.idleTailMs)
  const [waits, runs] = [histogram(), histogram()]
  for (const { wait, run } of kinds.types) {
    waits.merge(wait)
    runs.merge(run)
  }
  // The same bucket, whose middle is told by another formula.
  close(waitP95Ms, waits.quantile(0.95), 0.01)
  close(runP95Ms, runs.quantile(0.95), 0.01)
})

test.run()
