import type { BatchEvent } from '../../src/model/event.js'
import type { OperationError } from '../../src/model/operationError.js'
import type { Summary } from '../../src/model/summary.js'

type Told<T> = T extends BatchEvent ? Omit<T, 'runId' | 'seq'> : never

/** Events as an engine would tell them, without the stamps that no view looks at. */
export function events(...told: readonly Told<BatchEvent>[]): readonly BatchEvent[] {
  return told.map((event, seq) => ({ runId: 'r', seq, ...event }))
}

export const noEdges = { explicit: 0, reference: 0, effect: 0, order: 0 }

export function thrown(message: string): OperationError {
  return { type: 'thrown', message, retryable: true }
}

export function summaryOf(parts: Partial<Summary>): Summary {
  return {
    runId: 'r',
    ok: true,
    counts: { total: 3, succeeded: 3, failed: 0, skipped: 0, cancelled: 0 },
    startedAt: 0,
    finishedAt: 1_200,
    makespanMs: 1_200,
    workMs: 2_880,
    concurrency: 6,
    attempts: 3,
    retries: 0,
    rootCauses: [],
    rootCausesOmitted: 0,
    detached: [],
    ...parts,
  }
}
