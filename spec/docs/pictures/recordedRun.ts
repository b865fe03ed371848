import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { BatchEvent } from '../../../src/index.js'

/** The runs that `run.svg` shows, by the name of their plan in `docs/examples`. */
export const recordedPlans = ['first-batch', 'failure'] as const
export type RecordedPlan = (typeof recordedPlans)[number]

const planPath = (name: RecordedPlan): string => `docs/examples/${name}.yaml`
export const recordingPath = (name: RecordedPlan): string => `spec/docs/pictures/recorded/${name}.ndjson`

/** What a plan says, whatever its comments and its layout. */
export const planDigest = (name: RecordedPlan): string =>
  createHash('sha256')
    .update(JSON.stringify(parse(readFileSync(planPath(name), 'utf8'))))
    .digest('hex')

/** A recording: the digest of the plan that was run, then its events, as `millrace run --events` wrote them. */
export const recordingOf = (name: RecordedPlan, events: string): string => `${JSON.stringify({ plan: planDigest(name) })}\n${events}`

export interface RecordedRun {
  readonly plan: string
  readonly events: readonly BatchEvent[]
}

export function recordedRun(name: RecordedPlan): RecordedRun {
  const [head, ...lines] = readFileSync(recordingPath(name), 'utf8').trimEnd().split('\n')
  const { plan } = JSON.parse(head!) as { readonly plan: string }
  return { plan, events: lines.map((line) => JSON.parse(line) as BatchEvent) }
}
