import { liveView, type View } from '../../terminal/live/liveView.js'
import { plainView, quietView } from '../../terminal/live/plainView.js'
import type { Paint } from '../../terminal/text/paint.js'

/** How a run is shown: live on a terminal, line by line elsewhere, or not at all. */
export function viewOf(
  flags: { readonly quiet?: true; readonly events?: true },
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  paint: Paint,
): View {
  // Events on the terminal are themselves what goes on: a view over them would tear both.
  if (flags.quiet || (flags.events && stdout.isTTY)) return quietView
  // Nobody reading the progress is no reason to stop the work.
  stderr.on('error', () => undefined)
  if (stderr.isTTY && process.env['TERM'] !== 'dumb') return liveView(stderr, paint)
  return plainView((text) => stderr.write(text), paint)
}
