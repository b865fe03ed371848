import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
import { median } from '../../../src/monitor/histogram/quantile.js'
import { listSchedule } from '../../../src/monitor/forecast/listSchedule.js'
import { monitor } from '../../../src/monitor/monitor.js'
import { recordOf } from '../../../src/monitor/history/runRecorder.js'
import { graphOf, take, virtualRun } from '../virtualRun.js'
import { foretell, graphOfUsual, type UsualOperation } from './simulatedForecast.js'

const test = suite('the forecast of the end')

const usual = { operation: 0.08, run: 0.03, outliers: 0.005 }

/** Plans as builds and scientific workflows have them: types of very different lengths, in layers, pipelines and trees. */
function plan(kind: 'layers' | 'pipelines' | 'tree', count: number, seed: number): readonly UsualOperation[] {
  const random = seededRandom(seed)
  const typeMs = Array.from({ length: 6 }, () => 1_000 * 60 ** random())
  return Array.from({ length: count }, (_, index): UsualOperation => {
    const type = kind === 'pipelines' ? index % 6 : Math.floor((6 * index) / count)
    const ms = typeMs[type]! * Math.exp(0.3 * (random() - 0.5))
    const waitsFor =
      kind === 'layers'
        ? index < 20
          ? []
          : [...new Set([index - 20, index - 20 + Math.floor(10 * random())])]
        : kind === 'pipelines'
          ? index % 6 === 0
            ? []
            : [index - 1]
          : index < 3
            ? []
            : [Math.floor(index * random())]
    return { id: `n${index}`, name: `type${type}`, ms, waitsFor }
  })
}

test('with five runs before it, the interval holds the end in 85 % and more, and is at the median no wider than a quarter of what is left', () => {
  const told = (['layers', 'pipelines', 'tree'] as const).flatMap((kind) =>
    [60, 200].flatMap((count) =>
      [2, 6, 16].flatMap((slots) =>
        [1, 2, 3, 4].flatMap((seed) => foretell(plan(kind, count, seed), { seed, slots, runs: 5, noise: usual }).told),
      ),
    ),
  )
  assert.ok(told.length > 700, `${told.length}`)
  const held = told.filter(({ holds }) => holds).length / told.length
  const width = median(told.map((one) => one.width))
  assert.ok(held >= 0.85, `${held}`)
  assert.ok(width <= 0.25, `${width}`)
  assert.ok(median(told.map(({ off }) => off)) <= 0.025)
})

test('without earlier runs it is absent as long as a type has not ended ten times', () => {
  const { told, asked } = foretell(plan('layers', 200, 1), { seed: 1, slots: 6, runs: 0, noise: usual })
  assert.ok(told.length < asked / 3, `${told.length} of ${asked}`)
})

test('without earlier runs, the interval holds the end in 85 % and more of the times it is there', () => {
  const told = (['layers', 'pipelines', 'tree'] as const).flatMap((kind) =>
    [60, 200].flatMap((count) =>
      [2, 6, 16].flatMap((slots) =>
        [1, 2, 3, 4].flatMap((seed) => foretell(plan(kind, count, seed), { seed, slots, runs: 0, noise: usual }).told),
      ),
    ),
  )
  assert.ok(told.length > 100, `${told.length}`)
  const held = told.filter(({ holds }) => holds).length / told.length
  assert.ok(held >= 0.85, `${held}`)
})

test('one long operation at the end is foreseen where earlier runs had it', () => {
  const operations = [
    ...Array.from({ length: 40 }, (_, index) => take(`short${index}`, 100)),
    take('long', 5_000, { dependencies: ['short39'] }),
  ]
  const whole = { concurrency: 4, operations }
  const graph = graphOf(whole)
  const runs = Array.from({ length: 3 }, () =>
    recordOf(
      virtualRun(whole, () => (events) => events),
      { shape: 's', cpus: 2, nodeMajor: 20, graph },
    )!,
  )
  const etasOf = (options: object): readonly (number | undefined)[] =>
    virtualRun(whole, (scheduler) => monitor({ scheduler, everyMs: 100, ...options })).flatMap((event) =>
      event.type === 'metrics-sampled' ? [event.metrics.eta && event.at + event.metrics.eta.leftMs] : [],
    )
  const [first] = etasOf({ graph, history: runs })
  assert.ok(first !== undefined && Math.abs(first - 6_000) < 300, `${first}`)
  assert.ok(
    etasOf({ graph })
      .slice(0, 5)
      .every((end) => end === undefined || end < 3_000),
  )
})

test('a schedule starts what is ready in its order, on as many slots as there are', () => {
  const operations = [
    { id: 'a', name: 't', ms: 10, waitsFor: [] },
    { id: 'b', name: 't', ms: 20, waitsFor: [] },
    { id: 'c', name: 't', ms: 30, waitsFor: [0] },
    { id: 'd', name: 't', ms: 5, waitsFor: [1, 2] },
  ]
  const { nodes, offsets, targets, waits } = graphOfUsual(operations)
  const remaining = { nodes, offsets, targets, waits: Int32Array.from(waits), operations: 4, ready: [0, 1], running: [] }
  const ms = (node: number): number => operations[node]!.ms
  assert.is(listSchedule({ ...remaining, slots: 1 }, ms), 65)
  assert.is(listSchedule({ ...remaining, slots: 2 }, ms), 45)
})

test.run()
