import { changePoint } from '../statistics/changePoint.js'
import type { RunRecord } from './runRecord.js'

/** Runs that can be compared, without those before the last step in their makespans: what the plan takes now. */
export function sinceStep(runs: readonly RunRecord[]): readonly RunRecord[] {
  const step = changePoint(runs.map(({ makespanMs }) => makespanMs))
  return step === undefined ? runs : sinceStep(runs.slice(step.at))
}

/** The same of the later of two sides, judged by both together: each side alone may be too short to tell a step in it. */
export function sinceStepFrom(before: readonly RunRecord[], after: readonly RunRecord[]): readonly RunRecord[] {
  const step = changePoint([...before, ...after].map(({ makespanMs }) => makespanMs))
  return sinceStep(step === undefined || step.at <= before.length ? after : after.slice(step.at - before.length))
}
