import type { SchedulerLike, Subscriber } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { StopCause } from '../../model/summary.js'
import type { WakeTimer } from '../time/wakeTimer.js'
import type { Batch, Feed } from '../source/batch.js'
import type { Children } from '../attempts/children.js'
import type { JournalWrites } from '../events/journalWrites.js'
import type { Settlement, Past } from '../attempts/settlement.js'
import type { Loop } from './loop.js'
import type { RunOptions } from '../options.js'
import type { Redaction } from '../secrets/redaction.js'
import type { RunningAttempts } from './runningAttempts.js'
import type { ReadyQueue } from '../ready/readyQueue.js'
import type { RunCounts } from '../events/runCounts.js'
import type { OperationTable } from './operationTable.js'
import type { EventWriter } from '../events/eventWriter.js'
import type { TimeSlice } from '../time/timeSlice.js'
import type { UndoBook } from '../attempts/undoBook.js'
import type { Dependencies } from '../gates/dependencies.js'

/** One run: its parts, and the little that changes by itself. */
export interface RunContext {
  readonly batch: Batch
  readonly options: RunOptions
  readonly subscriber: Subscriber<BatchEvent>
  readonly scheduler: SchedulerLike
  readonly runId: string
  readonly now: () => number
  readonly startedAt: number
  readonly concurrency: number
  readonly hidden: Redaction
  readonly tell: EventWriter
  readonly kept: JournalWrites
  readonly alarm: WakeTimer
  readonly slice: TimeSlice
  readonly table: OperationTable
  readonly slot: ReadyQueue
  readonly counted: RunCounts
  readonly undos: UndoBook
  readonly children: Children
  readonly running: RunningAttempts
  /** Operations that have failed and may still be tried again. */
  readonly past: Map<number, Past>
  readonly wiring: Dependencies
  readonly feed: Feed | undefined
  readonly ending: Settlement
  readonly loop: Loop
  /** Starts an attempt, for which its slots have been taken. */
  readonly start: (index: number) => void
  /** Operations that have ended. */
  ended: number
  retriesLeft: number
  stopped: StopCause | undefined
  /** Nobody listens any more. */
  closed: boolean
  /** Every operation has ended: what is left is to undo and to report. */
  finishing: boolean
}

/** Does something while the loop stands still; what it throws is a defect, which ends the run. */
export function whileStill(run: RunContext, work: () => void): void {
  const isOutermost = run.loop.enter()
  try {
    work()
  } catch (thrown) {
    run.subscriber.error(thrown)
  }
  run.loop.leave(isOutermost)
}
