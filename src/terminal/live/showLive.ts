import type { Observable } from 'rxjs'
import { checkOptions, refuse, type Fields } from '../../model/options/checkOptions.js'
import { flag, isFunction, isObservable, hasFields, kind } from '../../model/options/kinds.js'
import { isMonitorEvent } from '../../model/eventTypes.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'
import type { Summary } from '../../model/summary.js'
import { outputModes, shownTo, type OutputMode } from '../output/outputMode.js'
import { outputShown } from '../output/outputShown.js'
import { paintOf } from '../text/paint.js'
import { liveView, type View } from './liveView.js'
import { plainView } from './plainView.js'

/** How a run is shown in a script. */
export interface ShowLiveOptions {
  /** Where it is shown. Default: `process.stderr`. */
  readonly stream?: NodeJS.WriteStream
  /** How the output of operations is shown. Default: not at all on a terminal, otherwise whole when an operation has ended. */
  readonly output?: OutputMode
  /** Default: whether the stream is a terminal, NO_COLOR and FORCE_COLOR. */
  readonly color?: boolean
}

const aRun = kind('the events of a run', isObservable, (value) => (Array.isArray(value) ? 'Run the list: runBatch([…]).' : undefined))

const showLiveFields = {
  stream: kind('a stream to write to', (value) => hasFields(value) && isFunction(value['write'])),
  output: kind(`one of ${outputModes.join(', ')}`, (value) => outputModes.some((mode) => mode === value)),
  color: flag,
} satisfies Fields<ShowLiveOptions>

/**
 * Shows a run like the command line: on a terminal a live list of what runs, of at most twelve lines, with children under their parents;
 * elsewhere a line for each operation that ends.
 *
 * Subscribes to the events, which starts the run. Resolves with the summary after the list is cleared, or with `undefined` if there is no
 * `run-finished`; rejects if the events error. To stop it, pass a `signal` to `runBatch`.
 *
 * @example
 * ```ts
 * import { operation, runBatch } from 'millrace'
 * import { showLive } from 'millrace/node'
 * const build = operation('build', ({ output }) => output('stdout', 'built\n'))
 * const summary = await showLive(runBatch([build]), { output: 'grouped' })
 * summary?.counts.succeeded // => 1
 * ```
 * @since 0.2.0
 */
export function showLive(events: Observable<AnyEvent>, options: ShowLiveOptions = {}): Promise<Summary | undefined> {
  refuse('showLive', aRun.faults(events, ['events']))
  checkOptions('showLive', options, showLiveFields)
  const { stream = process.stderr, output, color = true } = options
  const view = viewOn(stream, output, color)
  let summary: Summary | undefined
  return new Promise((resolve, reject) => {
    const end = (then: () => void): void => {
      view.close()
      then()
    }
    events.subscribe({
      next(event) {
        if (isMonitorEvent(event)) return
        view.see(event)
        if (event.type === 'run-finished') summary = event.summary
      },
      error: (reason: Error) => end(() => reject(reason)),
      complete: () => end(() => resolve(summary)),
    })
  })
}

function viewOn(stream: NodeJS.WriteStream, output: OutputMode | undefined, color: boolean): View {
  const isTerminal = stream.isTTY && process.env['TERM'] !== 'dumb'
  const paint = paintOf(stream, color)
  const shown = outputShown(shownTo(output, isTerminal, process.env).mode, paint)
  return isTerminal ? liveView(stream, paint, shown) : plainView((text) => stream.write(text), { paint, shown })
}
