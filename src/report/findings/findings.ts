// report/findings: what is said of a run before any detail: its word, its figures, what failed by itself, and what bound it.
import { criticalPathOf, type LongestPath } from '../graph/criticalPath.js'
import { depthsOf } from '../graph/depths.js'
import { nodeOrder } from '../graph/nodeOrder.js'
import { makespanMs, runMs } from '../picture/times.js'
import type { RunPicture } from '../picture/picture.js'

export type RunWord = 'succeeded' | 'failed' | 'interrupted' | 'timed out' | 'did not end' | 'running'

export interface Counts {
  readonly total: number
  readonly succeeded: number
  readonly failed: number
  readonly skipped: number
  readonly cancelled: number
  /** Neither ended nor to be called skipped: the events stopped before. */
  readonly unended: number
}

/** What kept a run from being faster. */
export type Bound = { readonly by: 'dependencies' | 'slots'; readonly ms: number; /** Of the makespan. */ readonly share: number }

export interface Findings {
  readonly verdict: RunWord
  readonly counts: Counts
  readonly makespanMs: number
  /** Σ time of attempts that held a slot, each times the slots it held. */
  readonly slotMs: number
  readonly attempts: number
  readonly retries: number
  /** Indexes of the operations that failed by themselves, the costliest first: what was skipped because of it, then its time. */
  readonly rootCauses: readonly number[]
  readonly order: readonly number[]
  readonly depths: Float64Array
  readonly criticalPath: LongestPath | undefined
  /** Undefined without the graph of the plan, and before anything ran. */
  readonly bound: Bound | undefined
}

export function findingsOf(picture: RunPicture): Findings {
  const { operations, wiring, concurrency, lastAt } = picture
  const order = wiring === undefined ? [] : nodeOrder(wiring)
  const criticalPath = criticalPathOf(picture, order)
  const makespan = makespanMs(operations, lastAt)
  let slotMs = 0
  let attempts = 0
  let retries = 0
  for (const operation of operations) {
    attempts += operation.attempts.length
    retries += Math.max(0, operation.attempts.length - 1)
    slotMs += runMs(operation, lastAt) * operation.weight
  }
  return {
    verdict: verdictOf(picture),
    counts: countsOf(picture),
    makespanMs: makespan,
    slotMs,
    attempts,
    retries,
    rootCauses: rootCausesOf(picture),
    order,
    depths: depthsOf(picture, order),
    criticalPath,
    bound: boundOf(criticalPath?.ms, concurrency > 0 ? slotMs / concurrency : 0, makespan),
  }
}

function verdictOf({ ending, live }: RunPicture): RunWord {
  if (ending === undefined) return live ? 'running' : 'did not end'
  if (ending.ok) return 'succeeded'
  if (ending.stopType === 'signal') return 'interrupted'
  return ending.stopType === 'run-timeout' ? 'timed out' : 'failed'
}

function countsOf({ operations, announced }: RunPicture): Counts {
  const of: Record<string, number> = {}
  let planned = 0
  for (const { state, parent } of operations) {
    if (parent === undefined) planned++
    of[state] = (of[state] ?? 0) + 1
  }
  // Without the plan, an operation of which nothing was told yet is only a number.
  const total = operations.length + Math.max(0, announced - planned)
  const { succeeded = 0, failed = 0, skipped = 0, cancelled = 0 } = of
  return { total, succeeded, failed, skipped, cancelled, unended: total - succeeded - failed - skipped - cancelled }
}

function rootCausesOf({ operations, lastAt }: RunPicture): readonly number[] {
  const failed: number[] = []
  for (const [index, { state, whole }] of operations.entries()) if (state === 'failed' && !whole) failed.push(index)
  const cost = (index: number): number => operations[index]!.blocked
  return failed.sort((a, b) => cost(b) - cost(a) || runMs(operations[b]!, lastAt) - runMs(operations[a]!, lastAt) || a - b)
}

function boundOf(pathMs: number | undefined, slotsMs: number, makespan: number): Bound | undefined {
  if (pathMs === undefined || makespan <= 0) return undefined
  const ms = Math.max(pathMs, slotsMs)
  return { by: pathMs >= slotsMs ? 'dependencies' : 'slots', ms, share: ms / makespan }
}
