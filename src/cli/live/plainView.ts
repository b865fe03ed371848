import type { Paint } from '../text/paint.js'
import type { View } from './liveView.js'
import { plainLine } from './plainLine.js'

/** Tells of a run line by line, for logs. */
export function plainView(write: (text: string) => unknown, paint: Paint): View {
  return {
    see: (event) => {
      const line = plainLine(event, paint)
      if (line !== undefined) write(`${line}\n`)
    },
    stopping: (signal) => void write(`${signal}: running operations are being ended. A second signal ends them at once.\n`),
    close: () => undefined,
  }
}

/** Tells nothing: `--quiet`. */
export const quietView: View = { see: () => undefined, stopping: () => undefined, close: () => undefined }
