import { filter } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LittlesLaw } from '../../src/model/metrics/metrics.js'
import type { MetricsSampled } from '../../src/model/metrics/monitorEvent.js'
import { monitor } from '../../src/monitor/monitor.js'
import { take, virtualRun } from './virtualRun.js'

const test = suite("Little's law")

/** What the last sample of a run says of it. */
function lawOf(plan: object): LittlesLaw {
  const samples = virtualRun(
    plan,
    (scheduler) => (events) =>
      events.pipe(
        monitor({ scheduler }),
        filter((event): event is MetricsSampled => event.type === 'metrics-sampled'),
      ),
  )
  const law = samples.at(-1)?.metrics.littlesLaw
  assert.ok(law !== undefined)
  return law
}

const failing = (id: string, ms: number) => ({ ...take(id, ms), params: { ms, failures: 1 } })

test('counts what was skipped while it was ready with the time since it was', () => {
  // Both are ready from the start; the first fails at 100, and the second is never started.
  const law = lawOf({ concurrency: 1, onFailure: 'no-new', operations: [failing('a', 100), take('b', 50)] })
  assert.is(law.timeInSystemMs, 100)
  assert.is(law.inSystem, 2)
  assert.is(law.ratio, 1)
})

test('counts one that became ready later from then on, and none that never was ready', () => {
  // `b` and `c` are ready at 40; `x` fails at 100 while `b` runs. `d` waits for `c`.
  const operations = [
    take('a', 40),
    take('b', 200, { dependencies: ['a'] }),
    take('c', 50, { dependencies: ['a'] }),
    take('d', 50, { dependencies: ['c'] }),
    failing('x', 100),
  ]
  const law = lawOf({ concurrency: 2, onFailure: 'no-new', operations })
  // a 40, x 100, b 200, c from 40 to 100.
  assert.is(law.timeInSystemMs, (40 + 100 + 200 + 60) / 4)
  assert.ok(Math.abs(law.ratio - 1) < 1e-9, String(law.ratio))
})

test('counts what was cancelled while it was ready', () => {
  const law = lawOf({ concurrency: 1, onFailure: 'cancel', operations: [failing('a', 100), take('b', 50), take('c', 50)] })
  assert.is(law.timeInSystemMs, 100)
  assert.is(law.ratio, 1)
})

test.run()
