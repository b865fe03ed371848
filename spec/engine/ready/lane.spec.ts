import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Lane } from '../../../src/engine/ready/lane.js'
import type { Priority } from '../../../src/model/plan.js'

const test = suite('a lane of the ready queue')

const priorities: readonly Priority[] = ['critical', 'high', 'medium', 'low']

interface Waiting {
  readonly index: number
  readonly level: number
  readonly order: number
}

/** What goes first of those that wait, by looking at all of them: equal ones in the order they came. */
function bestOf(waiting: readonly Waiting[]): Waiting | undefined {
  return waiting.reduce<Waiting | undefined>(
    (best, each) => (best === undefined || each.level < best.level || (each.level === best.level && each.order < best.order) ? each : best),
    undefined,
  )
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('add' as const), level: fc.integer({ min: 0, max: 3 }), order: fc.nat(8) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('take' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drop' as const), every: fc.integer({ min: 2, max: 4 }) }) },
)

test('gives the best priority first, then the order of submission, then the order in which they came', () =>
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lane = new Lane(1, undefined)
      let waiting: readonly Waiting[] = []
      let came = 0
      for (const each of steps) {
        if (each.does === 'add') {
          const { level, order } = each
          lane.add(came, priorities[level]!, order)
          waiting = [...waiting, { index: came++, level, order }]
        } else if (each.does === 'take') {
          const best = bestOf(waiting)
          assert.is(lane.best === Infinity, best === undefined)
          assert.is(lane.take(), best?.index ?? -1)
          waiting = waiting.filter((other) => other !== best)
        } else {
          const chosen = waiting.filter(({ index }) => index % each.every === 0).map(({ index }) => index)
          assert.equal(
            [...lane.drop(new Set([...chosen, 1_000]))].sort((a, b) => a - b),
            chosen,
          )
          waiting = waiting.filter(({ index }) => !chosen.includes(index))
        }
      }
    }),
  ))

test.run()
