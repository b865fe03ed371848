import type { BatchEvent, OperationSucceeded, RunStarted } from '../../model/event.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { OperationError } from '../../model/operationError.js'
import type { CancelCause, SkipReason } from '../../model/outcome.js'
import type { Summary } from '../../model/summary.js'
import type { Attempt } from '../attempts/attempt.js'
import { KeptOutput } from '../attempts/keptOutput.js'
import type { Redaction } from '../secrets/redaction.js'

/** What its attempts took. */
export type Spent = Pick<OperationSucceeded, 'durationMs' | 'waitedMs' | 'attempts'>

/** Passes an event on, with the index of the operation it is about: -1 where nobody asks for it. */
export type Say = (event: BatchEvent, index: number) => void

const nowhere = -1

/** Makes the events of one run: the only place that numbers them, and the last one to see a secret. */
export type EventWriter = ReturnType<typeof eventWriter>

export function eventWriter(say: Say, runId: string, hidden: Redaction) {
  let seq = 0

  const tell = (
    index: number,
    task: CompiledOperation,
    event: Exclude<BatchEvent, { readonly type: 'run-started' | 'journal-failed' | 'run-finished' }>,
  ): void => say(task.parent === undefined ? event : { ...event, parent: task.parent }, index)

  const output = (at: number, attempt: Attempt, stream: 'stdout' | 'stderr', text: string): void => {
    if (text === '') return
    attempt.kept ??= new KeptOutput()
    attempt.kept.add(stream, text)
    tell(nowhere, attempt.task, { type: 'operation-output', runId, seq: seq++, at, id: attempt.task.id, stream, text })
  }

  return {
    runStarted(at: number, about: Omit<RunStarted, 'type' | 'runId' | 'seq' | 'at'>): void {
      say({ type: 'run-started', runId, seq: seq++, at, ...about }, nowhere)
    },
    added(at: number, index: number, task: CompiledOperation): void {
      tell(index, task, { type: 'operation-added', runId, seq: seq++, at, id: task.id })
    },
    ready(at: number, index: number, task: CompiledOperation): void {
      const { id, name, weight, pool } = task
      const event = { type: 'operation-ready', runId, seq: seq++, at, id, name } as const
      // Most operations take one slot and no pool: theirs is one object of one shape.
      if (weight === 1 && pool === undefined) tell(index, task, event)
      else tell(index, task, { ...event, ...(weight !== 1 && { weight }), ...(pool !== undefined && { pool }) })
    },
    attemptStarted(at: number, index: number, task: CompiledOperation, attempt: number): void {
      tell(index, task, { type: 'attempt-started', runId, seq: seq++, at, id: task.id, attempt })
    },
    processStarted(at: number, task: CompiledOperation, attempt: number, pid: number, startedAt: string | undefined): void {
      const started = startedAt === undefined ? { attempt, pid } : { attempt, pid, startedAt }
      tell(nowhere, task, { type: 'process-started', runId, seq: seq++, at, id: task.id, ...started })
    },
    progress(at: number, task: CompiledOperation, fraction: number | undefined, message: string | undefined): void {
      const told = { ...(fraction !== undefined && { fraction }), ...(message !== undefined && { message: hidden.clean(message) }) }
      tell(nowhere, task, { type: 'operation-progress', runId, seq: seq++, at, id: task.id, ...told })
    },
    output(at: number, attempt: Attempt, stream: 'stdout' | 'stderr', text: string): void {
      output(at, attempt, stream, hidden.cleanOutput(attempt.task, stream, text))
    },
    /** The rest of its output, which was held back as the possible beginning of a secret. */
    outputEnds(at: number, attempt: Attempt): void {
      if (!hidden.holds()) return
      for (const stream of ['stdout', 'stderr'] as const) output(at, attempt, stream, hidden.flush(attempt.task, stream))
    },
    emitted(at: number, task: CompiledOperation, name: string, data: unknown): void {
      tell(nowhere, task, { type: 'operation-emitted', runId, seq: seq++, at, id: task.id, name, data: hidden.clean(data) })
    },
    attemptFailed(
      at: number,
      index: number,
      task: CompiledOperation,
      attempt: number,
      error: OperationError,
      retryInMs: number | undefined,
    ): void {
      const again = retryInMs === undefined ? undefined : { retryInMs }
      tell(index, task, { type: 'attempt-failed', runId, seq: seq++, at, id: task.id, attempt, error, ...again })
    },
    succeeded(
      at: number,
      index: number,
      task: CompiledOperation,
      value: unknown,
      durationMs: number,
      waitedMs: number,
      attempts: number,
    ): void {
      const clean = hidden.clean(value)
      const event = {
        type: 'operation-succeeded',
        runId,
        seq: seq++,
        at,
        id: task.id,
        value: clean,
        durationMs,
        waitedMs,
        attempts,
      } as const
      // Nearly always it is the very same: that event is one object of one shape.
      tell(index, task, Object.is(clean, value) ? event : { ...event, masked: true })
    },
    recovered(at: number, index: number, task: CompiledOperation, value: unknown, spent: Spent, recoveredFrom: OperationError): void {
      const clean = hidden.clean(value)
      const event = { type: 'operation-succeeded', runId, seq: seq++, at, id: task.id, value: clean, ...spent, recoveredFrom } as const
      tell(index, task, Object.is(clean, value) ? event : { ...event, masked: true })
    },
    shared(at: number, index: number, task: CompiledOperation, { id, value }: { readonly id: string; readonly value: unknown }): void {
      const clean = hidden.clean(value)
      const shared = { durationMs: 0, waitedMs: 0, attempts: 0, sharedWith: id, ...(!Object.is(clean, value) && { masked: true as const }) }
      tell(index, task, { type: 'operation-succeeded', runId, seq: seq++, at, id: task.id, value: clean, ...shared })
    },
    failed(at: number, index: number, task: CompiledOperation, error: OperationError, spent: Spent, detached: boolean): void {
      tell(index, task, { type: 'operation-failed', runId, seq: seq++, at, id: task.id, error, ...spent, ...(detached && { detached }) })
    },
    skipped(at: number, index: number, task: CompiledOperation, reason: SkipReason, because: readonly string[]): void {
      tell(index, task, { type: 'operation-skipped', runId, seq: seq++, at, id: task.id, reason, because })
    },
    cancelled(
      at: number,
      index: number,
      task: CompiledOperation,
      cause: CancelCause,
      spent: Spent,
      detached: boolean,
      kept: KeptOutput | undefined,
    ): void {
      tell(index, task, {
        type: 'operation-cancelled',
        runId,
        seq: seq++,
        at,
        id: task.id,
        cause: hidden.cleanCause(cause),
        ...(kept !== undefined && { output: kept.output() }),
        ...spent,
        ...(detached && { detached }),
      })
    },
    undone(at: number, task: CompiledOperation): void {
      tell(nowhere, task, { type: 'operation-undone', runId, seq: seq++, at, id: task.id })
    },
    undoFailed(at: number, task: CompiledOperation, error: OperationError): void {
      tell(nowhere, task, { type: 'undo-failed', runId, seq: seq++, at, id: task.id, error: hidden.cleanError(error) })
    },
    journalFailed(at: number, error: OperationError): void {
      say({ type: 'journal-failed', runId, seq: seq++, at, error: hidden.cleanError(error) }, nowhere)
    },
    runFinished(at: number, summary: Summary): void {
      say({ type: 'run-finished', runId, seq: seq++, at, summary: hidden.cleanSummary(summary) }, nowhere)
    },
  }
}
