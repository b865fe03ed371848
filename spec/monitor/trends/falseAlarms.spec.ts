import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
import { simulatedTrends, type SimulatedRun } from './simulated.js'

const test = suite('trends within simulated runs')

const independent: SimulatedRun['waitsFor'] = () => []
const shapes: readonly SimulatedRun['waitsFor'][] = [
  independent,
  (index) => (index === 0 ? [] : [index - 1]),
  (index, random) => (index < 20 ? [] : [index - 20 + Math.floor(10 * random()), index - 20 + Math.floor(10 * random())]),
  (index, random) => (index < 3 ? [] : [Math.floor(index * random())]),
]

/** A run of any kind in which nothing changes: a list, a chain, layers, a tree or a stream; some types, times and failures. */
function steady(seed: number): SimulatedRun {
  const random = seededRandom(seed)
  const streamed = random() < 0.2
  return {
    seed,
    operations: Math.floor(40 * 30 ** random()),
    concurrency: 1 + Math.floor(8 * random()),
    types: 1 + Math.floor(4 * random()),
    spread: 0.05 + 0.5 * random(),
    failures: random() < 0.5 ? 0 : 0.2 * random(),
    waitsFor: streamed ? independent : shapes[Math.floor(shapes.length * random())]!,
    ...(streamed && { load: 0.5 + 0.4 * random() }),
  }
}

test('of 1,000 runs in which nothing changes, at most ten tell any trend', () => {
  const falsely = Array.from({ length: 1_000 }, (_, seed) => simulatedTrends(steady(seed + 1)))
    .map((told, index) => ({ seed: index + 1, told }))
    .filter(({ told }) => told.length > 0)
  assert.ok(falsely.length <= 10, JSON.stringify(falsely))
})

const plain = { types: 1, failures: 0, waitsFor: independent }
const rounds = 60

/** The share of runs in which the change is told, and after which share of the operations at the median. */
function found(run: Omit<SimulatedRun, 'seed'>, metric: string, direction: string): readonly [share: number, after: number, early: number] {
  const told = Array.from({ length: rounds }, (_, seed) => simulatedTrends({ ...run, seed: seed + 1 }))
  const first = told.flatMap((trends) => trends.find(({ trend }) => trend.metric === metric && trend.direction === direction) ?? [])
  const early = told.filter((trends) => trends.some(({ ended }) => ended < run.operations / 2)).length
  const after = first.map(({ ended }) => ended / run.operations).sort((a, b) => a - b)
  return [first.length / rounds, after[after.length >> 1] ?? 1, early]
}

for (const [operations, concurrency, factor, spread, least] of [
  [20, 1, 2, 0.05, 0.98],
  [40, 1, 2, 0.3, 0.9],
  [100, 4, 2, 0.3, 0.98],
  [100, 4, 1.5, 0.3, 0.85],
  [400, 6, 1.5, 0.5, 0.95],
  [1_000, 6, 1.3, 0.3, 0.98],
] as const)
  test(`that ${operations} operations, ${concurrency} at once, take ${factor} times as long from the half on is told in ${least * 100} %`, () => {
    const slower = (index: number): number => (index < operations / 2 ? 1 : factor)
    const [share, , early] = found({ ...plain, operations, concurrency, spread, factor: slower }, 'runMs', 'rising')
    assert.ok(share >= least, `${share}`)
    assert.is(early, 0)
  })

test('throughput falls, and the wait at the head of the line rises, with it', () => {
  const run = { ...plain, operations: 400, concurrency: 4, spread: 0.2, factor: (index: number) => (index < 200 ? 1 : 2) }
  for (const [metric, direction] of [
    ['throughput', 'falling'],
    ['waitMs', 'rising'],
  ] as const)
    assert.ok(found(run, metric, direction)[0] >= 0.95, metric)
})

test('a share of failures that rises from 2 % to 30 % is told', () => {
  const run = { ...plain, operations: 400, concurrency: 4, spread: 0.2, failures: 0.02, failing: (index: number) => (index < 200 ? 1 : 15) }
  assert.ok(found(run, 'failureRate', 'rising')[0] >= 0.95)
})

test('a stream that is more than the slots can do has a queue that rises', () => {
  const [share] = found({ ...plain, operations: 800, concurrency: 4, spread: 0.2, load: 1.5 }, 'readyQueue', 'rising')
  assert.ok(share >= 0.95, `${share}`)
})

test('a run that is slow in its middle third rises, and then has settled', () => {
  const slow = (index: number): number => (index >= 200 && index < 400 ? 2 : 1)
  const told = simulatedTrends({ ...plain, seed: 1, operations: 600, concurrency: 4, spread: 0.1, factor: slow })
  const directions = told.filter(({ trend }) => trend.metric === 'runMs').map(({ trend }) => trend.direction)
  assert.equal(directions, ['rising', 'steady'])
})

test.run()
