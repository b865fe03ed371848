import type { SchedulerLike, Subscriber } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import type { StopCause } from '../model/summary.js'
import type { AlarmClock } from './alarmClock.js'
import type { Batch, Feed } from './batch.js'
import type { Children } from './children.js'
import type { Commits } from './commits.js'
import type { Endings, Past } from './endings.js'
import type { Loop } from './loop.js'
import type { RunOptions } from './options.js'
import type { Redaction } from './redaction.js'
import type { RunningAttempts } from './runningAttempts.js'
import type { Slots } from './slots.js'
import type { Tally } from './tally.js'
import type { TaskTable } from './taskTable.js'
import type { Teller } from './teller.js'
import type { TimeSlice } from './timeSlice.js'
import type { UndoBook } from './undoBook.js'
import type { Wiring } from './wiring.js'

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
  readonly tell: Teller
  readonly kept: Commits
  readonly alarm: AlarmClock
  readonly slice: TimeSlice
  readonly table: TaskTable
  readonly slot: Slots
  readonly counted: Tally
  readonly undos: UndoBook
  readonly children: Children
  readonly running: RunningAttempts
  /** Operations that have failed and may still be tried again. */
  readonly past: Map<number, Past>
  readonly wiring: Wiring
  readonly feed: Feed | undefined
  readonly ending: Endings
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
