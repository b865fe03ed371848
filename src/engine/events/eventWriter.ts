// engine/events: how the events of a run are written, numbered, delivered in order, kept and counted.
import type { Subscriber } from 'rxjs'
import type { BatchEvent, OperationSucceeded, RunStarted } from '../../model/event.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { KnownOutcome } from '../../model/known.js'
import type { OperationError, ProgramOutput } from '../../model/operationError.js'
import type { CancelCause, SkipReason } from '../../model/outcome.js'
import type { Summary } from '../../model/summary.js'
import type { OperationIndex } from '../operations/operationIndex.js'

/** What the attempts of an operation took. */
export type Spent = Pick<OperationSucceeded, 'durationMs' | 'waitedMs' | 'attempts'>

/** Where an event enters the stream of its run: the slot, the gate or the part of the run that it comes from. */
export type EventOutput = Pick<Subscriber<BatchEvent>, 'next' | 'closed'>

/** The index where an event is about no single operation, or where nobody asks for it. */
const noIndex = -1

/** An event gets its number where all events pass: see `inOrder`. */
const seq = -1

const nothingSpent: Spent = { durationMs: 0, waitedMs: 0, attempts: 0 }

/** Makes the events of one run. */
export type EventWriter = ReturnType<typeof eventWriter>

export function eventWriter(runId: string, operationIndex: OperationIndex) {
  const write = (
    out: EventOutput,
    index: number,
    operation: CompiledOperation,
    event: Exclude<BatchEvent, { readonly type: 'run-started' | 'journal-failed' | 'pool-closed' | 'run-finished' }>,
  ): void => {
    operationIndex.index = index
    out.next(operation.parent === undefined ? event : { ...event, parent: operation.parent })
  }

  const writeOfRun = (out: EventOutput, event: BatchEvent): void => {
    operationIndex.index = noIndex
    out.next(event)
  }

  return {
    runStarted(out: EventOutput, at: number, run: Omit<RunStarted, 'type' | 'runId' | 'seq' | 'at'>): void {
      writeOfRun(out, { type: 'run-started', runId, seq, at, ...run })
    },
    added(out: EventOutput, at: number, index: number, operation: CompiledOperation): void {
      write(out, index, operation, { type: 'operation-added', runId, seq, at, id: operation.id })
    },
    ready(out: EventOutput, at: number, index: number, operation: CompiledOperation): void {
      const { id, name, title, weight, pool, service } = operation
      const event = { type: 'operation-ready', runId, seq, at, id, name } as const
      // Most operations take one slot and no pool: theirs is one object of one shape.
      if (weight === 1 && pool === undefined && title === undefined) return write(out, index, operation, event)
      const told = { ...(title !== undefined && { title }), ...(service === true && { service }) }
      write(out, index, operation, { ...event, ...told, ...(weight !== 1 && { weight }), ...(pool !== undefined && { pool }) })
    },
    attemptStarted(out: EventOutput, at: number, index: number, operation: CompiledOperation, attempt: number): void {
      write(out, index, operation, { type: 'attempt-started', runId, seq, at, id: operation.id, attempt })
    },
    attemptPlaced(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      attempt: number,
      worker: string,
      queuedMs: number,
    ): void {
      write(out, index, operation, { type: 'attempt-placed', runId, seq, at, id: operation.id, attempt, worker, queuedMs })
    },
    processStarted(
      out: EventOutput,
      at: number,
      operation: CompiledOperation,
      attempt: number,
      pid: number,
      startedAt: string | undefined,
    ): void {
      const started = startedAt === undefined ? { attempt, pid } : { attempt, pid, startedAt }
      write(out, noIndex, operation, { type: 'process-started', runId, seq, at, id: operation.id, ...started })
    },
    progress(out: EventOutput, at: number, operation: CompiledOperation, fraction: number | undefined, message: string | undefined): void {
      const given = { ...(fraction !== undefined && { fraction }), ...(message !== undefined && { message }) }
      write(out, noIndex, operation, { type: 'operation-progress', runId, seq, at, id: operation.id, ...given })
    },
    output(out: EventOutput, at: number, operation: CompiledOperation, stream: 'stdout' | 'stderr', text: string): void {
      write(out, noIndex, operation, { type: 'operation-output', runId, seq, at, id: operation.id, stream, text })
    },
    emitted(out: EventOutput, at: number, operation: CompiledOperation, name: string, data: unknown): void {
      write(out, noIndex, operation, { type: 'operation-emitted', runId, seq, at, id: operation.id, name, data })
    },
    attemptFailed(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      attempt: number,
      error: OperationError,
      retryInMs: number | undefined,
    ): void {
      const again = retryInMs === undefined ? undefined : { retryInMs }
      write(out, index, operation, { type: 'attempt-failed', runId, seq, at, id: operation.id, attempt, error, ...again })
    },
    succeeded(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      value: unknown,
      durationMs: number,
      waitedMs: number,
      attempts: number,
    ): void {
      write(out, index, operation, { type: 'operation-succeeded', runId, seq, at, id: operation.id, value, durationMs, waitedMs, attempts })
    },
    recovered(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      value: unknown,
      spent: Spent,
      recoveredFrom: OperationError,
    ): void {
      write(out, index, operation, { type: 'operation-succeeded', runId, seq, at, id: operation.id, value, ...spent, recoveredFrom })
    },
    shared(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      { id, value }: { readonly id: string; readonly value: unknown },
    ): void {
      write(out, index, operation, {
        type: 'operation-succeeded',
        runId,
        seq,
        at,
        id: operation.id,
        value,
        ...nothingSpent,
        sharedWith: id,
      })
    },
    reused(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      known: Extract<KnownOutcome, { type: 'succeeded' }>,
    ): void {
      const { value, from, masked, lossy } = known
      const whole = { ...(masked && { masked }), ...(lossy && { lossy }) }
      write(out, index, operation, {
        type: 'operation-succeeded',
        runId,
        seq,
        at,
        id: operation.id,
        value,
        ...nothingSpent,
        reusedFrom: from,
        ...whole,
      })
    },
    failedBefore(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      known: Extract<KnownOutcome, { type: 'failed' }>,
    ): void {
      const { error, from } = known
      write(out, index, operation, { type: 'operation-failed', runId, seq, at, id: operation.id, error, ...nothingSpent, reusedFrom: from })
    },
    failed(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      error: OperationError,
      spent: Spent,
      detached: boolean,
    ): void {
      write(out, index, operation, {
        type: 'operation-failed',
        runId,
        seq,
        at,
        id: operation.id,
        error,
        ...spent,
        ...(detached && { detached }),
      })
    },
    skipped(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      reason: SkipReason,
      because: readonly string[],
      condition?: string,
    ): void {
      const more = condition === undefined ? undefined : { condition }
      write(out, index, operation, { type: 'operation-skipped', runId, seq, at, id: operation.id, reason, because, ...more })
    },
    cancelled(
      out: EventOutput,
      at: number,
      index: number,
      operation: CompiledOperation,
      cause: CancelCause,
      spent: Spent,
      detached: boolean,
      output: ProgramOutput | undefined,
    ): void {
      write(out, index, operation, {
        type: 'operation-cancelled',
        runId,
        seq,
        at,
        id: operation.id,
        cause,
        ...(output !== undefined && { output }),
        ...spent,
        ...(detached && { detached }),
      })
    },
    undone(out: EventOutput, at: number, operation: CompiledOperation): void {
      write(out, noIndex, operation, { type: 'operation-undone', runId, seq, at, id: operation.id })
    },
    undoFailed(out: EventOutput, at: number, operation: CompiledOperation, error: OperationError): void {
      write(out, noIndex, operation, { type: 'undo-failed', runId, seq, at, id: operation.id, error })
    },
    journalFailed(out: EventOutput, at: number, error: OperationError): void {
      writeOfRun(out, { type: 'journal-failed', runId, seq, at, error })
    },
    poolClosed(out: EventOutput, at: number, pool: string, until: number): void {
      writeOfRun(out, { type: 'pool-closed', runId, seq, at, pool, until })
    },
    runFinished(out: EventOutput, at: number, summary: Summary): void {
      writeOfRun(out, { type: 'run-finished', runId, seq, at, summary })
    },
  }
}
