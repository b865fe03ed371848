import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { comparedOf } from './against.js'
import { findingOf, type Measured } from './finding.js'
import { growthOf } from './growth.js'
import type { Sample } from './sample.js'
import { tableOf } from './table.js'
import type { Task } from './task.js'

const test = suite('findings of the benchmark')

const task: Task = { type: 'graph', shape: 'chain', size: 1_000, work: 'sync', concurrency: 6, repeats: 1 }
const sample = (cpuMs: number, more: Partial<Sample> = {}): Sample => {
  return { operations: 1_000, cpuMs, wallMs: cpuMs, peakMb: 50, problems: [], ...more }
}
const measured = (contender: string, samples: readonly (Sample | undefined)[], refused?: string): Measured => {
  return { contender, samples, bytesPerOperation: 12, refused }
}

const chain = findingOf('chain 1k', task, [
  measured('by hand', [sample(1), sample(2)]),
  measured('millrace', [sample(3, { readingUs: 1 }), sample(8, { readingUs: 2 })]),
  measured('p-limit', [sample(20), undefined]),
  measured('effect', [undefined, undefined], 'it takes longer than 20 s'),
])

test('each contender is divided by the first of the same round', () => {
  const [loop, own, limit] = chain.of
  assert.equal(loop!.value, { median: 1.5, low: 1, high: 2 })
  assert.equal(own!.ratio, { median: 3.5, low: 3, high: 4 })
  assert.equal(own!.ratioWithReading, { median: 4.5, low: 4, high: 5 })
  assert.equal(own!.wallRatio, { median: 3.5, low: 3, high: 4 })
  assert.equal(limit!.ratio, { median: 20, low: 20, high: 20 })
})

test('of sleeps the figure is the makespan against its bound', () => {
  const schedules = [110, 104].map((makespanMs) => sample(5, { schedule: { makespanMs, boundMs: 100 } }))
  const [own] = findingOf('sleeps', { ...task, work: 'sleep' }, [measured('by hand', schedules)]).of
  assert.equal(own!.value, { median: 1.07, low: 1.04, high: 1.1 })
})

test('one table holds it, with a note where there is no figure', () => {
  const lines = tableOf([chain]).split('\n')
  const [head, title, loop, own, limit, effect] = lines.filter((line) => line !== '')
  assert.match(head!, /^ +CPU +ratio +and reading +wall +ratio +bytes$/)
  assert.is(title, 'chain 1k')
  assert.match(loop!, /^ {2}by hand +1\.50 µs +1\.50 µs +12$/)
  assert.match(own!, /^ {2}millrace +5\.50 µs +3\.50 +\(3\.00–4\.00\) +4\.50 +5\.50 µs +3\.50 +12$/)
  assert.match(limit!, /^ {2}p-limit +20\.00 µs +20\.0 +20\.00 µs +20\.0 +12$/)
  assert.match(effect!, /^ {2}effect +\[1\]$/)
  assert.is(lines.at(-1), '[1] effect: it takes longer than 20 s')
})

test('what the time of a contender went to stands below it, and so does what else it is compared with', () => {
  const parts = { parsing: 2, running: 1 }
  const finding = findingOf(
    'run',
    task,
    [
      measured('engine', [sample(1)]),
      measured('command', [sample(6, { parts: { parsing: 4, running: 1 } }), sample(5, { parts }), sample(3, { parts })]),
      measured('metered', [sample(2)]),
    ],
    [
      ['command', 'metered'],
      ['command', 'nobody'],
    ],
  )
  assert.equal(finding.of[1]!.parts, [
    { name: 'parsing', us: 2 },
    { name: 'running', us: 1 },
  ])
  assert.equal(finding.besides, [{ contender: 'command', to: 'metered', ratio: { median: 3, low: 3, high: 3 } }])
  const text = tableOf([finding])
  assert.match(text, /^ {2}command .*\n {4}parsing +2\.00 µs\n {4}running +1\.00 µs\n {4}beside metered +3\.00\n {2}metered/m)
})

test('growth is told of a shape that was measured at two sizes of 100,000 and more', () => {
  const at = (size: number, cpuMs: number) =>
    findingOf(`chain ${size / 1_000}k`, { ...task, size }, [measured('millrace', [sample(cpuMs, { operations: size })])])
  const [grown] = growthOf([at(100_000, 100), at(400_000, 400), chain], 'chain')
  assert.is(grown![0], 'millrace')
  assert.ok(Math.abs(grown![1] - 1) < 1e-9)
  assert.equal(growthOf([chain], 'chain'), [])
})

test('two builds differ only when the interval of their medians says so', () => {
  const before = [10, 11, 10, 12, 10, 11, 10]
  const half = comparedOf(
    'chain 1k',
    'millrace',
    before,
    before.map((value) => value / 2),
    undefined,
  )
  assert.match(half.text, /^chain 1k, millrace +0\.500 \(0\.50–0\.50\), 97 % .*: faster; 10\.00 -> 5\.00 µs$/)
  assert.match(comparedOf('chain 1k', 'millrace', before, [...before].reverse(), undefined).text, /: no change to be seen;/)
  assert.match(comparedOf('chain 1k', 'millrace', [], [], 'before: it said nothing').text, /not compared: before: it said nothing$/)
})

test.run()
