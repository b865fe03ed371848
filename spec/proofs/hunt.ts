// node hunt.js RUNS SEED: runs random graphs until the checker finds something, and writes what and after how many as JSON.
import fc from 'fast-check'
import { check } from '../support/checker.js'
import { randomRun } from '../support/randomPlan.js'
import { drive } from '../support/randomPlanRun.js'

const [runs, seed] = process.argv.slice(2).map(Number)
let found: readonly string[] = []
let count = 0
for (const run of fc.sample(randomRun, { numRuns: runs!, seed: seed! })) {
  count++
  const { transcript } = await drive(run)
  found = check(run.plan, transcript, run.graceMs)
  if (found.length > 0) break
}
process.stdout.write(JSON.stringify({ count, found }))
