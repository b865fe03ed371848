// terminal/live: a run as it goes on, as a list drawn again and again or as plain lines.
import { isMonitorEvent } from '../../model/eventTypes.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { OutputShown } from '../output/outputShown.js'
import type { Paint } from '../text/paint.js'
import { widthOf } from '../text/width.js'
import { frame, type Size } from './frame.js'
import { liveState, measure, observe } from './liveState.js'
import { monitorLine } from './monitorLine.js'
import { plainLine } from './plainLine.js'
import type { ShowCommand } from './showCommand.js'
import { hearSuspension } from './suspension.js'

/** What a person sees of a run while it goes on. */
export interface View {
  /** It shows metrics too, of a run that has a monitor. */
  readonly live: boolean
  see(event: AnyEvent): void
  /** The first Ctrl-C was taken: running operations are being ended. */
  stopping(signal: string): void
  /** Takes the view away until the function that this gives is called: whoever asks something has the terminal alone. */
  pause(): () => void
  /** Takes the view away; what is written afterwards stands in its place. */
  close(): void
}

/** The terminal a view draws on: `process.stderr` has all of it. */
export interface Screen {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

const frameMs = 100
/** What a terminal is taken for that does not know its size, or says 0. */
const usual = { columns: 80, rows: 24 }
const eraseLine = '\u001b[2K'
const hideCursor = '\u001b[?25l'
const showCursor = '\u001b[?25h'

/** Draws the state of a run in place, at most ten times a second; output that is shown stands above it and stays. */
export function liveView(screen: Screen, paint: Paint, shown: OutputShown, show?: ShowCommand): View {
  // The engine stamps its events with this clock: epoch ms that never go back.
  const now = (): number => performance.timeOrigin + performance.now()
  const state = liveState(now())
  let drawn: readonly string[] = []
  let open = true
  let paused = 0

  const size = (): Size => ({ columns: screen.columns || usual.columns, rows: screen.rows || usual.rows })
  const erased = (): string => {
    // A terminal made narrower since has wrapped what stands there: the rows it takes now are what the cursor climbs.
    const { columns } = size()
    const rows = drawn.reduce((sum, text) => sum + Math.max(1, Math.ceil(widthOf(text) / columns)), 0)
    if (rows === 0) return ''
    // The first row by itself: tmux keeps in its history what is cleared from the first place of the screen on.
    return rows === 1 ? `\r${eraseLine}` : `\r\u001b[${rows - 1}A${eraseLine}\u001b[B\u001b[0J\u001b[A`
  }
  const draw = (): void => {
    if (paused > 0) return
    const lines = frame(state, size(), now(), paint, show)
    const before = erased()
    drawn = lines
    screen.write(before + lines.join('\n'))
  }
  const close = (): void => {
    if (!open) return
    open = false
    clearInterval(timer)
    process.off('exit', close)
    screen.off('resize', draw)
    suspension.off()
    takeAway()
  }
  const takeAway = (): void => {
    const before = erased()
    drawn = []
    screen.write(before + showCursor)
  }

  const suspension = hearSuspension(takeAway, () => {
    screen.write(hideCursor)
    draw()
  })
  const timer = setInterval(draw, frameMs)
  screen.on('resize', draw)
  // Whatever ends this process, short of KILL, the cursor comes back.
  process.on('exit', close)
  screen.write(hideCursor)
  const print = (lines: readonly string[]): void => {
    const before = erased()
    drawn = []
    screen.write(`${before}${lines.join('\n')}\n`)
    draw()
  }
  return {
    pause() {
      takeAway()
      paused++
      return () => {
        paused--
        if (paused > 0 || !open) return
        screen.write(hideCursor)
        draw()
      }
    },
    live: true,
    see: (event) => {
      if (isMonitorEvent(event)) {
        measure(state, event)
        const line = monitorLine(event, paint)
        if (line !== undefined) print([line])
        return
      }
      observe(state, event)
      const lines = shown(event)
      if (lines.length === 0) return
      // Of lines without an id of their own, the line of the event says whose they are.
      const head = isTerminal(event) ? plainLine(event, paint, show) : undefined
      print(head === undefined ? lines : [head, ...lines])
    },
    stopping: () => {
      state.stopping = true
      draw()
    },
    close,
  }
}
