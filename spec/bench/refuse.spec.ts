import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { refusals } from './refuse.js'
import type { Sample } from './sample.js'

const test = suite('results that the benchmark refuses')

const sound: Sample = { operations: 10, cpuMs: 20, wallMs: 30, peakMb: 50, problems: [] }

test('a sound one is not refused', () => {
  assert.equal(refusals(sound, 2), [])
  assert.equal(refusals({ ...sound, schedule: { makespanMs: 100, boundMs: 100 } }, 2), [])
})

test('a schedule that is shorter than any can be', () => {
  assert.equal(refusals({ ...sound, schedule: { makespanMs: 80, boundMs: 100 } }, 2), [
    'it took 80.0 ms, and no schedule takes less than 100.0 ms',
  ])
})

test('more CPU time than all CPUs had, or none', () => {
  assert.equal(refusals({ ...sound, cpuMs: 100 }, 2), ['100.0 ms of CPU time in 30.0 ms on 2 CPUs'])
  assert.equal(refusals({ ...sound, cpuMs: 0 }, 2), ['its CPU time is 0.0 ms'])
})

test('work that was not done as asked', () => {
  assert.equal(refusals({ ...sound, problems: ['3 of 10 operations never ran'] }, 2), ['3 of 10 operations never ran'])
})

test.run()
