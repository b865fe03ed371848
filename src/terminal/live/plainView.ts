import { inPieces } from '../text/inPieces.js'
import type { OutputShown } from '../output/outputShown.js'
import type { Paint } from '../text/paint.js'
import type { View } from './liveView.js'
import { isMonitorEvent } from '../../model/eventTypes.js'
import { monitorLine } from './monitorLine.js'
import { plainLine } from './plainLine.js'
import type { ShowCommand } from './showCommand.js'

export interface PlainViewOptions {
  readonly paint: Paint
  readonly shown: OutputShown
  /** Output is written as groups that GitHub Actions folds. */
  readonly folded?: boolean
  readonly show?: ShowCommand | undefined
}

/** Tells of a run line by line, for logs. */
export function plainView(write: (text: string) => unknown, { paint, shown, folded = false, show }: PlainViewOptions): View {
  const lines = inPieces(write)
  const flush = (): void => void lines.flush()
  // A second Ctrl-C ends this process at once, and so does a defect: what was told before must be seen.
  process.on('exit', flush)
  return {
    live: false,
    see: (event) => {
      if (isMonitorEvent(event)) {
        const told = monitorLine(event, paint)
        if (told !== undefined) lines.write(`${told}\n`)
        return
      }
      const line = plainLine(event, paint, show)
      const output = shown(event)
      // What failed stays open: it is what the reader came for.
      const fold = folded && line !== undefined && output.length > 0 && event.type === 'operation-succeeded'
      if (line !== undefined) lines.write(fold ? `::group::${line}\n` : `${line}\n`)
      if (output.length > 0) lines.write(`${output.join('\n')}\n`)
      if (fold) lines.write('::endgroup::\n')
    },
    stopping: (signal) => {
      lines.write(`${signal}: aborting running operations, then clean-up runs. A second signal ends everything immediately.\n`)
      flush()
    },
    pause: () => {
      flush()
      return () => undefined
    },
    close: () => {
      process.off('exit', flush)
      flush()
    },
  }
}

/** Tells nothing: `--quiet`. */
export const quietView: View = {
  live: false,
  see: () => undefined,
  stopping: () => undefined,
  pause: () => () => undefined,
  close: () => undefined,
}
