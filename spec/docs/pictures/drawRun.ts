import { commandToShow } from '../../../src/cli/run/report/commandToShow.js'
import { report } from '../../../src/cli/run/report/report.js'
import { addToDetails, reportDetails } from '../../../src/cli/run/report/reportDetails.js'
import type { BatchEvent } from '../../../src/index.js'
import { frame } from '../../../src/terminal/live/frame.js'
import { liveState, observe } from '../../../src/terminal/live/liveState.js'
import { painted } from '../../../src/terminal/text/paint.js'
import { drawTerminal } from './drawTerminal.js'
import { recordedRun, type RecordedRun } from './recordedRun.js'

const columns = 88
const show = commandToShow(undefined)

/** Two real runs as a terminal shows them: one while it goes on and when it has ended, and the end of one that fails. */
export function drawRun(): string {
  const first = recordedRun('first-batch')
  const failing = recordedRun('failure')
  const command = '$ millrace run first-batch.yaml'
  return drawTerminal(
    [
      { caption: 'while it runs', lines: [command, ...liveLines(first)] },
      { caption: 'when it has ended', lines: [command, ...lastLines(first)] },
      { caption: 'when an operation fails', lines: ['$ millrace run failure.yaml', ...lastLines(failing)] },
    ],
    columns,
  )
}

/** The middle of the wait for the second attempt of an operation: it waits, while others run. */
function shownMoment(events: readonly BatchEvent[]): number {
  const refused = events.find((event) => event.type === 'attempt-failed')
  const again = events.find((event) => event.type === 'attempt-started' && event.attempt === 2)
  if (refused === undefined || again === undefined) throw new Error('No operation of the recorded run was tried twice.')
  return (refused.at + again.at) / 2
}

export function liveLines({ events }: RecordedRun): readonly string[] {
  const moment = shownMoment(events)
  const state = liveState(events[0]!.at)
  for (const event of events) if (event.at <= moment) observe(state, event)
  return frame(state, { columns, rows: 24 }, moment, painted, show)
}

function lastLines({ events }: RecordedRun): readonly string[] {
  const details = reportDetails()
  for (const event of events) addToDetails(details, event)
  const last = events.at(-1) as Extract<BatchEvent, { readonly type: 'run-finished' }> // A recording is of a whole run.
  return report(last.summary, details, { paint: painted, output: true, show, columns }).trimEnd().split('\n')
}
