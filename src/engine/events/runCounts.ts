import type { OperationError } from '../../model/operationError.js'
import { addUsage, usageIn, type Usage } from '../../model/usage.js'
import type { OutcomeCounts, RollbackSummary, RootCause, StopCause, Summary } from '../../model/summary.js'

/** A summary names this many failures; the rest are counted. */
const mostRootCauses = 1_000

/** What a summary says besides the counts. */
export interface SummaryFrame extends Pick<Summary, 'runId' | 'startedAt' | 'finishedAt' | 'concurrency'> {
  readonly name: string | undefined
  readonly total: number
  readonly stoppedBy: StopCause | undefined
  readonly rollback: RollbackSummary | undefined
}

/** What a run comes to, counted as it goes. */
export interface RunCounts {
  attemptBegan(at: number): void
  attemptEnded(at: number, durationMs: number, retried: boolean): void
  succeeded(): void
  failed(id: string, error: OperationError): void
  skipped(because: readonly string[], ok: boolean): void
  cancelled(): void
  /** A failure was not tried again, since the retries of the run were spent. */
  retryRefused(): void
  /** An operation told an event of its own. */
  emitted(name: string, data: unknown): void
  detached(id: string): void
  /** Whether nothing failed, was cancelled, or was skipped because of a failure. */
  ok(): boolean
  summary(frame: SummaryFrame): Summary
}

export function runCounts(): RunCounts {
  const counts = { succeeded: 0, failed: 0, skipped: 0, cancelled: 0 } satisfies Omit<OutcomeCounts, 'total'>
  const causes: { readonly id: string; readonly error: OperationError }[] = []
  const blocked = new Map<string, number>()
  const detached: string[] = []
  // As fields: a number with a fraction that a closure holds is a new object each time it changes.
  const times = { firstStart: Infinity, lastEnd: -Infinity, workMs: 0 }
  let attempts = 0
  let retries = 0
  let retriesRefused = 0
  let blockedAtAll = 0
  let failedWithChildren = 0
  let usage: Usage | undefined

  const ok = (): boolean => counts.failed === 0 && counts.cancelled === 0 && blockedAtAll === 0

  return {
    attemptBegan(at) {
      attempts++
      if (at < times.firstStart) times.firstStart = at
    },
    attemptEnded(at, durationMs, retried) {
      times.workMs += durationMs
      if (at > times.lastEnd) times.lastEnd = at
      if (retried) retries++
    },
    succeeded: () => void counts.succeeded++,
    failed(id, error) {
      counts.failed++
      // Its children failed, and they are the causes.
      if (error.because !== undefined) return void failedWithChildren++
      if (causes.length >= mostRootCauses) return
      causes.push({ id, error })
      blocked.set(id, 0)
    },
    skipped(because, fine) {
      counts.skipped++
      if (fine) return
      blockedAtAll++
      for (const id of because) {
        const before = blocked.get(id)
        if (before !== undefined) blocked.set(id, before + 1)
      }
    },
    cancelled: () => void counts.cancelled++,
    retryRefused: () => void retriesRefused++,
    emitted(name, data) {
      const used = usageIn(name, data)
      if (used !== undefined) usage = addUsage(usage, used)
    },
    detached: (id) => void detached.push(id),
    ok,
    summary: ({ name, total, stoppedBy, rollback, ...about }) => ({
      ...about,
      ...(name !== undefined && { name }),
      ok: ok() && stoppedBy?.type !== 'source' && stoppedBy?.type !== 'journal',
      counts: { total, ...counts },
      makespanMs: attempts === 0 ? 0 : Math.max(0, times.lastEnd - times.firstStart),
      workMs: times.workMs,
      attempts,
      retries,
      ...(retriesRefused > 0 && { retriesRefused }),
      rootCauses: causes.map((cause): RootCause => ({ ...cause, blocked: blocked.get(cause.id) ?? 0 })),
      rootCausesOmitted: counts.failed - failedWithChildren - causes.length,
      ...(usage !== undefined && { usage }),
      detached,
      ...(stoppedBy !== undefined && { stoppedBy }),
      ...(rollback !== undefined && { rollback }),
    }),
  }
}
