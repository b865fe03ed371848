import type { BatchEvent, RunFinished } from '../../src/model/event.js'
import type { OperationError } from '../../src/model/operationError.js'
import type { Summary } from '../../src/model/summary.js'

export type Told = WithoutStamp<BatchEvent>

type WithoutStamp<T> = T extends BatchEvent ? Omit<T, 'runId' | 'seq' | 'at'> : never

/** Events as a run would tell them, one ms apart. */
export function events(...told: readonly Told[]): readonly BatchEvent[] {
  return told.map((event, seq) => ({ runId: 'r', seq, at: seq, ...event }))
}

export const started = (operations: number, name?: string): Told => ({
  type: 'run-started',
  ...(name !== undefined && { name }),
  operations,
  concurrency: 6,
  edges: { explicit: 0, reference: 0, effect: 0, order: 0 },
})

export const spent = { durationMs: 5, waitedMs: 1, attempts: 1 }

export const broken: Extract<OperationError, { readonly type: 'thrown' }> = { type: 'thrown', message: 'no water', retryable: true }

export const ready = (id: string): Told => ({ type: 'operation-ready', id, name: 'test.hold' })

export const attempt = (id: string, attempt = 1): Told => ({ type: 'attempt-started', id, attempt })

export const succeeded = (id: string, value: unknown = id.toUpperCase()): Told => ({
  type: 'operation-succeeded',
  id,
  value,
  ...spent,
})

export const failed = (id: string, error: OperationError = broken): Told => ({ type: 'operation-failed', id, error, ...spent })

export const skipped = (id: string, ...because: readonly string[]): Told => ({
  type: 'operation-skipped',
  id,
  reason: 'dependency',
  because,
})

export const cancelled = (id: string): Told => ({
  type: 'operation-cancelled',
  id,
  cause: { type: 'signal', message: 'enough' },
  ...spent,
})

export const finished = (parts: Partial<Summary> = {}): WithoutStamp<RunFinished> => ({
  type: 'run-finished',
  summary: {
    runId: 'r',
    ok: true,
    counts: { total: 1, succeeded: 1, failed: 0, skipped: 0, cancelled: 0 },
    startedAt: 0,
    finishedAt: 5,
    makespanMs: 5,
    workMs: 5,
    concurrency: 6,
    attempts: 1,
    retries: 0,
    rootCauses: [],
    rootCausesOmitted: 0,
    detached: [],
    ...parts,
  },
})
