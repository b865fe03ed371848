import { inPieces } from '../text/inPieces.js'
import type { Paint } from '../text/paint.js'
import type { View } from './liveView.js'
import { plainLine } from './plainLine.js'

/** Tells of a run line by line, for logs. */
export function plainView(write: (text: string) => unknown, paint: Paint): View {
  const lines = inPieces(write)
  const flush = (): void => void lines.flush()
  // A second Ctrl-C ends this process at once, and so does a defect: what was told before must be seen.
  process.on('exit', flush)
  return {
    see: (event) => {
      const line = plainLine(event, paint)
      if (line !== undefined) lines.write(`${line}\n`)
    },
    stopping: (signal) => {
      lines.write(`${signal}: running operations are being ended. A second signal ends them at once.\n`)
      flush()
    },
    close: () => {
      process.off('exit', flush)
      flush()
    },
  }
}

/** Tells nothing: `--quiet`. */
export const quietView: View = { see: () => undefined, stopping: () => undefined, close: () => undefined }
