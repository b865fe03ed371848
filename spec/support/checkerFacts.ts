import type { TerminalEvent } from '../../src/model/event.js'
import type { OperationError } from '../../src/model/operationError.js'
import type { StopCause } from '../../src/model/summary.js'
import { understand, type Understood } from './checkerPlan.js'
import type { BodyEnd, PlanData } from './checkerTranscript.js'

/** Adds to what is wrong. */
export type Blame = (what: string) => void

/** What a body was seen to do, the last attempt's. */
export interface BodyFacts {
  readonly attempt: number
  readonly beganAt: number
  abortedAt: number | undefined
  /** Every reason there was to abort it when it was. */
  reasons: readonly ('timeout' | 'stop' | 'parent' | 'left')[]
  end: BodyEnd | undefined
}

export interface OperationFacts {
  readonly understood: Understood
  readonly parent: string | undefined
  phase: 'waiting' | 'ready' | 'running' | 'failed-attempt' | 'retrying' | 'ended'
  readyAt: number | undefined
  startedAt: number
  retryDueAt: number
  /** Whether the end of its delay has surely been noticed: timers of one moment fire one after another. */
  retryNoticed: boolean
  attempts: number
  durationMs: number
  waitedMs: number
  lastError: OperationError | undefined
  body: BodyFacts | undefined
  end: TerminalEvent | undefined
  /** Steps that would undo it, registered and not yet undone. */
  undoSteps: number[]
}

/** All that is known at one moment of a run. */
export interface Facts {
  readonly plan: PlanData
  readonly graceMs: number
  /** Bodies are promises: their end is heard a turn after it. */
  readonly byPromises: boolean
  readonly operations: Map<string, OperationFacts>
  runId: string | undefined
  seq: number
  at: number
  startedAt: number
  /** The time of the last entry that has one. */
  now: number
  /** When the caller's signal was aborted. */
  signalAt: number
  limit: number
  stop: StopCause | undefined
  left: boolean
  /** Every operation has ended, and the run knows it: whoever hears the last end may still stop it. */
  finishing: boolean
  finished: boolean
  /** Ids in the order of their terminal events. */
  readonly endOrder: string[]
  /** Ids in the order in which their last attempts really ended, or were given up. */
  completionOrder: readonly string[]
  readonly attemptStarts: number[]
  readonly attemptEnds: number[]
  workMs: number
  readonly detached: string[]
  /** How often operations of one size (weight and pool) were passed since one of them started: at least, and at most. */
  readonly passes: Map<string, { readonly least: number; readonly most: number }>
  /** When attempts of each pool started. */
  readonly poolStarts: Map<string, number[]>
  retries: number
  retriesRefused: number
  readonly rollback: RollbackFacts
}

export interface RollbackFacts {
  current: { readonly id: string; readonly beganAt: number; next: number; running: boolean; failed: boolean; over: boolean } | undefined
  readonly undone: string[]
  readonly failed: string[]
}

export function factsOf(plan: PlanData, graceMs: number, byPromises: boolean): Facts {
  return {
    plan,
    graceMs,
    byPromises,
    operations: new Map([...understand(plan)].map(([id, understood]) => [id, operationFacts(understood, undefined)])),
    runId: undefined,
    seq: 0,
    at: -Infinity,
    startedAt: 0,
    now: 0,
    signalAt: Infinity,
    limit: plan.concurrency,
    stop: undefined,
    left: false,
    finishing: false,
    finished: false,
    endOrder: [],
    completionOrder: [],
    attemptStarts: [],
    attemptEnds: [],
    workMs: 0,
    detached: [],
    passes: new Map(),
    poolStarts: new Map(),
    retries: 0,
    retriesRefused: 0,
    rollback: { current: undefined, undone: [], failed: [] },
  }
}

export function operationFacts(understood: Understood, parent: string | undefined): OperationFacts {
  return {
    understood,
    parent,
    phase: 'waiting',
    readyAt: undefined,
    startedAt: 0,
    retryDueAt: 0,
    retryNoticed: false,
    attempts: 0,
    durationMs: 0,
    waitedMs: 0,
    lastError: undefined,
    body: undefined,
    end: undefined,
    undoSteps: [],
  }
}

export function noteCompletion(facts: Facts, id: string): void {
  facts.completionOrder = [...facts.completionOrder.filter((other) => other !== id), id]
}

/** The body of `test.spread` is a promise in any case. */
export function isHeardLater({ byPromises }: Facts, { understood }: OperationFacts): boolean {
  return byPromises || understood.data.operation === 'spread'
}

export function isAlive({ body }: OperationFacts): boolean {
  return body !== undefined && body.end === undefined
}

/** The time for cleaning up of all runs that are judged: no timer of a plan is likely to come at its end. */
export const cleanupMs = 7_919

/** When the time limit of the run is over. */
export function runEndsAt({ plan: { timeoutMs }, startedAt }: Facts): number {
  return timeoutMs === undefined ? Infinity : startedAt + timeoutMs
}

/** Operations that clean up after others start whatever failed; after a caller's stop and the run's time limit for as long as that takes. */
export function isSpared(facts: Facts, operation: OperationFacts): boolean {
  const { stop } = facts
  return stop !== undefined && isCleanUp(operation) && (stop.type === 'no-new' || stop.type === 'policy' || mayCleanUp(facts))
}

/** Whether the time limit of the run is over, and ends this operation. */
export function isOverTime(facts: Facts, operation: OperationFacts): boolean {
  return facts.now >= runEndsAt(facts) && !(isCleanUp(operation) && mayCleanUp(facts))
}

function isCleanUp({ understood: { when } }: OperationFacts): boolean {
  return when === 'settled' || when === 'any-failed'
}

function mayCleanUp(facts: Facts): boolean {
  return facts.now < Math.min(facts.signalAt, runEndsAt(facts)) + cleanupMs
}

/** Whether the operation it is part of has been told to stop, or is over. */
export function isOrphan({ operations }: Facts, { parent }: OperationFacts): boolean {
  const holder = parent === undefined ? undefined : operations.get(parent)
  return holder !== undefined && (holder.phase !== 'running' || holder.body?.abortedAt !== undefined)
}

export function mayStillStart(facts: Facts, operation: OperationFacts): boolean {
  return facts.stop === undefined || isSpared(facts, operation)
}

/** What a gate comes to by the truth table; undefined while something it must come after has not ended. */
export function verdictOf({ operations }: Facts, { data, counted, after, when }: Understood): 'open' | 'dependency' | 'gate' | undefined {
  if (data.operation === 'part') return 'open' // A part has no gate: it has the `when` of its whole so that it is spared with it.
  const ends = [...counted.keys()].map((id) => operations.get(id)?.end)
  const delays = [...after].map((id) => operations.get(id)?.end)
  if (ends.includes(undefined) || delays.includes(undefined)) return undefined
  const failed = ends.some(isFailure)
  const gated = ends.some((end) => end?.type === 'operation-skipped' && end.reason === 'gate')
  const table = {
    success: failed ? 'dependency' : gated ? 'gate' : 'open',
    settled: 'open',
    'any-failed': failed ? 'open' : 'gate',
    'none-failed': failed ? 'dependency' : 'open',
  } as const
  return table[when]
}

export function isFailure(end: TerminalEvent | undefined): boolean {
  if (end?.type === 'operation-skipped') return end.reason !== 'gate'
  return end?.type === 'operation-failed' || end?.type === 'operation-cancelled'
}

/** The ids at the root of what a gate saw: of failures, or of closed gates where nothing failed. */
export function rootsOf({ operations }: Facts, { counted }: Understood): ReadonlySet<string> {
  const ends = [...counted.keys()].flatMap((id) => operations.get(id)?.end ?? [])
  const failures = ends.filter(isFailure)
  const told = failures.length > 0 ? failures : ends.filter(({ type }) => type === 'operation-skipped')
  return new Set(told.flatMap((end) => (end.type === 'operation-skipped' && end.because.length > 0 ? end.because : [end.id])))
}
