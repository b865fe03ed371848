import type { SchedulerLike } from 'rxjs'
import type { Results } from '../../model/graph.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { EventWriter } from '../events/eventWriter.js'
import type { RunCounts } from '../events/runCounts.js'
import type { ReadyQueue } from '../ready/readyQueue.js'
import type { Redaction } from '../secrets/redaction.js'
import type { Turns } from '../time/turns.js'
import type { AddChild } from './addChild.js'
import type { Attempt, AttemptHost } from './attempt.js'
import { KeptOutput } from './keptOutput.js'
import type { Elsewhere } from './performElsewhere.js'
import type { Settlement } from './settlement.js'
import type { UndoBook } from './undoBook.js'

export interface AttemptHostParts {
  readonly now: () => number
  readonly scheduler: SchedulerLike
  readonly turns: Turns
  readonly graceMs: number
  readonly runId: string
  readonly trace: TraceContext | undefined
  readonly results: Results
  readonly queue: ReadyQueue
  readonly write: EventWriter
  readonly counts: RunCounts
  readonly redaction: Redaction
  readonly settle: Settlement
  /** Of a run with a performer. */
  readonly elsewhere: Elsewhere | undefined
  /** Of a run that may have to be rolled back. */
  readonly undoBook: UndoBook | undefined
  readonly addChild: AddChild
  readonly stopChildren: (attempt: Attempt) => void
  readonly ready: (attempt: Attempt, value: unknown) => void
  /** Resolves when those that read the run have caught up; undefined when none is behind. */
  readonly room: () => PromiseLike<void> | undefined
  readonly defect: (thrown: unknown) => void
}

/** What the attempts of a run report to it, and what they have from it. */
export function attemptHost(parts: AttemptHostParts): AttemptHost {
  const { now, scheduler, turns, graceMs, runId, trace, results, queue, write, counts, redaction, settle, undoBook, elsewhere } = parts

  const conclude = (attempt: Attempt): void => {
    undoBook?.ended(attempt.operation)
    if (redaction.holds()) giveHeldOutput(attempt)
    settle.conclude(attempt.slot.events, attempt)
  }

  // The end of an output is held back while it may be the beginning of a secret.
  const giveHeldOutput = (attempt: Attempt): void => {
    for (const stream of ['stdout', 'stderr'] as const) writeOutput(attempt, stream, redaction.flush(attempt.operation, stream))
  }

  const writeOutput = (attempt: Attempt, stream: 'stdout' | 'stderr', text: string): void => {
    if (text === '') return
    attempt.kept ??= new KeptOutput()
    attempt.kept.add(stream, text)
    write.output(attempt.slot.events, now(), attempt.operation, stream, text)
  }

  return {
    scheduler,
    graceMs,
    runId,
    trace,
    undoable: undoBook !== undefined,
    now,
    redact: (text) => redaction.redact(text),
    redactStream: () => redaction.redactStream(),
    room: parts.room,
    began(attempt) {
      counts.attemptBegan(attempt.startedAt)
      write.attemptStarted(attempt.slot.events, attempt.startedAt, attempt.index, attempt.operation, attempt.attempt)
      if (!attempt.stopped) undoBook?.began(attempt.operation)
    },
    perform:
      elsewhere === undefined
        ? (attempt) => attempt.operation.start(attempt.operation, attempt, results)
        : (attempt) =>
            elsewhere.takes(attempt.operation)
              ? elsewhere.perform(attempt, results)
              : attempt.operation.start(attempt.operation, attempt, results),
    // What a body reports after its end, or after it was given up, is not part of the run any more.
    output: (attempt, stream, text) => attempt.over || writeOutput(attempt, stream, redaction.cleanOutput(attempt.operation, stream, text)),
    progress: (attempt, fraction, message) =>
      attempt.over || write.progress(attempt.slot.events, now(), attempt.operation, fraction, message),
    process: (attempt, pid, startedAt) =>
      attempt.over || write.processStarted(attempt.slot.events, now(), attempt.operation, attempt.attempt, pid, startedAt),
    emit(attempt, name, data) {
      if (attempt.over) return
      counts.emitted(name, data)
      write.emitted(attempt.slot.events, now(), attempt.operation, name, data)
    },
    onUndo: (attempt, undo) => undoBook?.register(attempt.operation, undo),
    ready: parts.ready,
    child: parts.addChild,
    stopping: parts.stopChildren,
    // On the hot path: written out, where `turns.take` would make a function for each attempt.
    ended(attempt) {
      if (turns.closed) return
      const isOutermost = turns.enter()
      try {
        queue.release(attempt.operation)
        if (!attempt.detached) conclude(attempt)
        attempt.slot.ended(isOutermost)
      } catch (thrown) {
        parts.defect(thrown)
      }
      turns.leave(isOutermost)
    },
    overdue: (attempt) =>
      turns.take(() => {
        counts.detached(attempt.id)
        conclude(attempt)
      }),
  }
}
