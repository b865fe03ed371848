import { fstatSync } from 'node:fs'
import { liveView, type View } from '../../terminal/live/liveView.js'
import { plainView, quietView } from '../../terminal/live/plainView.js'
import { foldsGroups, type Shown } from '../../terminal/output/outputMode.js'
import { outputShown } from '../../terminal/output/outputShown.js'
import type { ShowCommand } from '../../terminal/live/showCommand.js'
import { survive } from '../process/output.js'
import type { Paint } from '../../terminal/text/paint.js'

/** How a run is shown: live on a terminal, line by line elsewhere, or not at all. */
export function viewOf(
  flags: { readonly quiet?: true; readonly events?: true },
  { mode, progress }: Shown,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
  paint: Paint,
  show: ShowCommand | undefined,
): View {
  // Events on the terminal are themselves what goes on: a view over them would tear both.
  if (flags.quiet || !progress || (flags.events && stdout.isTTY)) return quietView
  // Nobody reading the progress is no reason to stop the work.
  survive(stderr)
  const shown = outputShown(mode, paint)
  if (stderr.isTTY && process.env['TERM'] !== 'dumb') return liveView(stderr, paint, shown, show)
  return plainView((text) => stderr.write(text), { paint, shown, folded: foldsGroups(process.env), show })
}

/** Whether the report shows what failed operations gave out: not a second time in one place. */
export function outputInReport(flags: { readonly quiet?: true }, { mode, progress }: Shown): boolean {
  if (mode === 'none') return false
  const shownBefore = !flags.quiet && progress && (mode === 'stream' || mode === 'grouped')
  return !shownBefore || !samePlace(process.stdout.fd, process.stderr.fd)
}

/** Whether what is written to both ends up in one place: a terminal, a pipe, a file. */
function samePlace(one: number, other: number): boolean {
  const [a, b] = [fstatSync(one), fstatSync(other)]
  return a.dev === b.dev && a.ino === b.ino && a.rdev === b.rdev
}
