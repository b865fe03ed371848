// report: a run as one page, and exports.
import type { BatchEvent } from '../model/event.js'
import { pageHtml } from './pageHtml.js'
import { pictureOf, type ReportOptions } from './pictureOf.js'
import type { ReportAbout } from './picture/reportAbout.js'

/**
 * Makes one HTML page from the events of a run: how it ended, what failed, its slots over time, its graph and each operation. It needs no
 * network, and can load or run nothing but its own script.
 *
 * Incomplete events work too: the page of a run that did not end says it and shows what was running. `about` has what events do not
 * contain, such as the graph; `readRun` and the `run.json` beside a log provide both.
 *
 * @example
 * ```ts
 * import { lastValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch } from 'millrace'
 * import { htmlReport } from 'millrace/report'
 * const events = await lastValueFrom(runBatch([operation('build', () => 7)]).pipe(toArray()))
 * htmlReport(events).includes(': succeeded</title>') // => true
 * ```
 * @since 0.2.0
 */
export function htmlReport(events: Iterable<BatchEvent>, about: ReportAbout = {}, options: ReportOptions = {}): string {
  return pageHtml(pictureOf(events, about, options))
}
