// @limit 900
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

test.run()
