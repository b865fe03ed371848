import { Observable, type Subscriber } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { RunOptions } from '../options.js'
import type { RunnableBatch } from '../source/batch.js'
import { flow } from './flow.js'
import { runParts, type ReaderParts, type RunParts } from './runParts.js'

/** A run of a batch. Each subscription is a run of its own. */
export function execute(batch: RunnableBatch, options: RunOptions, reader: ReaderParts = {}): Observable<BatchEvent> {
  return new Observable((subscriber) => {
    begin(
      runParts(batch, options, reader, (defect) => subscriber.error(defect)),
      subscriber,
    )
  })
}

/** Subscribes to the graph of a run. */
export function begin(run: RunParts, subscriber: Subscriber<BatchEvent>): void {
  const { turns } = run
  // Before all: a subscriber may leave at the first event, and what its leaving ends must start nothing.
  subscriber.add(turns.close)
  const isOutermost = turns.enter()
  flow(run).subscribe(subscriber)
  // After all: what leaves may still ask for the time.
  subscriber.add(run.clearTimers)
  turns.leave(isOutermost)
}
