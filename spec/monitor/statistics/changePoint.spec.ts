import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
import { changePoint, fewestForStep } from '../../../src/monitor/statistics/changePoint.js'
import { trendOfValues } from '../../../src/monitor/statistics/trend.js'

const test = suite('steps in a series')

/** Times of runs as machines give them: noise of 8 % of the median, skewed to the slow side, with an outlier in twenty. */
function series(seed: number, length: number, level: (index: number) => number): readonly number[] {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length }, (_, index) => {
    const outlier = random() < 0.05 ? 1.5 + random() : 1
    return 200 * level(index) * Math.exp(0.08 * normal()) * outlier
  })
}

const rounds = 400
const shareOf = (found: (seed: number) => boolean): number =>
  Array.from({ length: rounds }, (_, seed) => found(seed + 1)).filter(Boolean).length / rounds
const step = (at: number, size: number) => (index: number) => (index < at ? 1 : size)

test('the run at which a step begins is told', () => {
  const found = changePoint([200, 203, 198, 205, 201, 199, 204, 202, 400, 405, 398, 402, 399, 404])
  assert.ok(found !== undefined && found.z > 0 && found.ratio > 1.9 && found.ratio < 2.1)
  assert.is(found.at, 8)
  const faster = changePoint([400, 405, 398, 402, 399, 404, 200, 203, 198, 205, 201])
  assert.equal([faster?.at, Math.sign(faster?.z ?? 0)], [6, -1])
})

test('no step is told of too few values, of equal ones, or of one below 12 %', () => {
  assert.is(changePoint(Array.from({ length: fewestForStep - 1 }, (_, index) => (index < 4 ? 1 : 9))), undefined)
  assert.is(changePoint(Array.from({ length: 40 }, () => 7)), undefined)
  assert.is(changePoint(Array.from({ length: 40 }, (_, index) => (index < 20 ? 100 : 110) + (index % 3) / 10)), undefined)
})

for (const length of [12, 20, 50])
  test(`of ${length} runs without a step, at most 2.2 % are told to have one`, () => {
    const falsely = shareOf((seed) => changePoint(series(seed, length, () => 1)) !== undefined)
    assert.ok(falsely <= 0.022, `${falsely}`)
  })

for (const [length, share, least] of [
  [12, 0.5, 0.75],
  [20, 0.5, 0.9],
  [50, 0.5, 0.99],
  [50, 0.2, 0.95],
  [50, 0.8, 0.95],
] as const)
  test(`a step of 40 % at ${share * 100} % of ${length} runs is found in at least ${least * 100} %, and nearly always where it is`, () => {
    const at = Math.round(length * share)
    const pointOf = (seed: number) => changePoint(series(seed, length, step(at, 1.4)))
    const found = shareOf((seed) => pointOf(seed) !== undefined)
    const near = shareOf((seed) => Math.abs((pointOf(seed)?.at ?? Infinity) - at) <= Math.max(2, length / 10))
    assert.ok(found >= least, `${found}`)
    assert.ok(near >= 0.95 * found, `${near} of ${found}`)
  })

test('a step is a trend, and says where it began; a slow rise is one without a step', () => {
  const jumped = trendOfValues(series(3, 30, step(15, 100)), 'lower')
  assert.is(jumped.verdict, 'declining')
  assert.ok(jumped.verdict !== 'too-few' && jumped.step?.at === 15)
  const rising = trendOfValues(
    Array.from({ length: 40 }, (_, index) => 200 + 5 * index + (index % 4)),
    'lower',
  )
  assert.is(rising.verdict, 'declining')
  assert.not.ok(rising.verdict !== 'too-few' && rising.step)
  const better = trendOfValues(series(4, 30, step(10, 0.5)), 'lower')
  assert.is(better.verdict, 'improving')
})

/** Runs of so many times as long, one number a run. */
const levels = (seed: number, ...parts: readonly (readonly [count: number, level: number])[]): readonly number[] => {
  const each = parts.flatMap(([count, level]) => Array.from({ length: count }, () => level))
  return series(seed, each.length, (index) => each[index]!)
}

test('of two steps the last one is told, beside what was before it', () => {
  let told = 0
  for (let seed = 1; seed <= 20; seed++) {
    const back = trendOfValues(levels(seed, [24, 1], [24, 2], [8, 1]), 'lower')
    assert.is.not(back.verdict, 'declining')
    if (back.verdict === 'improving' && back.step !== undefined && Math.abs(back.step.at - 48) <= 2 && back.step.ratio < 0.65) told++
    assert.is(trendOfValues(levels(seed, [12, 1], [12, 2], [12, 4]), 'lower').verdict, 'declining')
  }
  assert.ok(told >= 18, `${told} of 20`)
})

test('nothing got worse where the values have come back, few as they are', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const values = levels(seed, [24, 1], [12, 2], [3, 1])
    assert.ok(changePoint(values) !== undefined)
    assert.is.not(trendOfValues(values, 'lower').verdict, 'declining', String(seed))
  }
})

test('six runs of 0.2 s, five more, and five of 0.4 s: slower, from the twelfth on', () => {
  const times = [203, 201, 205, 202, 204, 201, 202, 206, 203, 201, 204, 402, 405, 401, 403, 404]
  const trend = trendOfValues(times, 'lower')
  assert.is(trend.verdict, 'declining')
  assert.ok(trend.verdict !== 'too-few' && trend.step?.at === 11)
})

test.run()
