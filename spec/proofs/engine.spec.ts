// @limit 2400
import { isDeepStrictEqual } from 'node:util'
import { suite } from 'uvu'
import { check } from '../support/checker.js'
import { randomRun } from '../support/randomPlan.js'
import { drive } from '../support/randomPlanRun.js'
import { graphs, holds, story } from '../support/randomPlanRuns.js'

const test = suite('the engine, on random graphs')

test('every promise holds, whatever the plan, the order of completion, the failures and the interferences', () =>
  holds(randomRun, graphs, async (run) => {
    const { transcript, order } = await drive(run)
    return story(check(run.plan, transcript, run.graceMs), run, order, transcript)
  }))

test('the same seed and scheduler give the same events', () =>
  holds(randomRun, Math.ceil(graphs / 20), async (run) => {
    const [first, second] = [await drive(run), await drive(run)]
    const place = first.transcript.findIndex((entry, at) => !isDeepStrictEqual(entry, second.transcript[at]))
    if (place < 0 && first.transcript.length === second.transcript.length) return []
    const other = `entry ${place} was something else the second time: ${JSON.stringify(second.transcript[place])}`
    return story([other], run, first.order, first.transcript)
  }))

test.run()
