import type { OperatorFunction, SchedulerLike, Subscriber } from 'rxjs'
import { rollBack, type RollbackListener } from '../attempts/rollback.js'
import type { UndoBook } from '../attempts/undoBook.js'
import type { BatchEvent } from '../../model/event.js'
import type { RollbackSummary } from '../../model/summary.js'
import type { EventWriter } from '../events/eventWriter.js'
import type { JournalWrites } from '../events/journalWrites.js'
import type { RunCounts, SummaryFrame } from '../events/runCounts.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { Feed } from '../source/batch.js'
import type { Stops } from '../stop/stops.js'
import { into } from '../stream/into.js'

export interface FinishParts {
  readonly now: () => number
  readonly scheduler: SchedulerLike
  readonly graceMs: number
  readonly operations: OperationTable
  readonly feed: Feed | undefined
  readonly stops: Stops
  readonly counts: RunCounts
  readonly undoBook: UndoBook | undefined
  readonly journal: JournalWrites | undefined
  readonly write: EventWriter
  readonly run: Pick<SummaryFrame, 'runId' | 'startedAt' | 'concurrency' | 'name'>
  /** `run-finished` has been delivered. */
  readonly finished: () => void
}

/** Once every operation has ended: takes back what has to be taken back, and gives the summary. */
export function finish(parts: FinishParts): OperatorFunction<void, BatchEvent> {
  const { operations, feed, journal, stops, counts, undoBook } = parts
  let finishing = false
  return into((_, out) => {
    if (finishing || operations.unfinished() > 0 || journal?.isPending() === true || feed?.isDone() === false) return
    finishing = true
    stops.end()
    if (undoBook === undefined || counts.ok()) report(parts, out, undefined)
    else undoAll(parts, out, undoBook)
  })
}

function undoAll(parts: FinishParts, out: Subscriber<BatchEvent>, undoBook: UndoBook): void {
  const { write, now, scheduler, graceMs } = parts
  const { steps, notUndoable } = undoBook.entries()
  const failed: string[] = []
  let undone = 0
  const listener: RollbackListener = {
    undone(operation) {
      undone++
      write.undone(out, now(), operation)
    },
    failed(operation, error) {
      failed.push(operation.id)
      write.undoFailed(out, now(), operation, error)
    },
    finished: () => report(parts, out, { undone, failed, notUndoable }),
  }
  out.add(rollBack(steps, { scheduler, graceMs }, listener))
}

// The log is whole before the run is said to have finished.
function report(parts: FinishParts, out: Subscriber<BatchEvent>, rollback: RollbackSummary | undefined): void {
  const { journal, write, now, counts, operations, stops, run, finished } = parts
  const end = (): void => {
    if (out.closed) return
    const finishedAt = now()
    write.runFinished(
      out,
      finishedAt,
      counts.summary({ ...run, finishedAt, total: operations.total(), stoppedBy: stops.current(), rollback }),
    )
    finished()
  }
  if (journal === undefined) end()
  else journal.end(end)
}
