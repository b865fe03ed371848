import { concat, defer, finalize, from, ignoreElements, tap, type OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import { fileJournal, type JournalOptions } from './fileJournal.js'

/**
 * Writes every event to `.millrace/runs/<run id>/` below `root`, and passes it on.
 *
 * Completes after the source, when the last event is stored with the given `durability`. If the log cannot be written, it errors after the
 * last event; the run itself is not stopped. Unsubscribing closes the log.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { readRun, record } from 'millrace/node'
 * const { runId } = await lastValueFrom(runBatch([]).pipe(record()))
 * const types = []
 * for await (const event of readRun(`.millrace/runs/${runId}`)) types.push(event.type)
 * types // => ['run-started', 'run-finished']
 * ```
 * @see {@link fileJournal} for gates that wait until events are kept
 * @since 0.1.0
 */
export function record(options: JournalOptions = {}): OperatorFunction<BatchEvent, BatchEvent> {
  return (events) =>
    defer(() => {
      const journal = fileJournal(options)
      const closed = defer(() => from(journal.flush().then(() => journal.close()))).pipe(ignoreElements())
      return concat(events.pipe(tap((event) => journal.append(event))), closed).pipe(
        // Whoever left, or heard of another error, is not there to hear of this one.
        finalize(() => void journal.close().catch(() => undefined)),
      )
    })
}
