import type { BatchEvent } from '../../model/event.js'
import { isTerminal } from '../../model/isTerminal.js'
import { hueOf, type Paint } from '../text/paint.js'
import { visible } from '../text/visible.js'
import { clip, padded, widthOf } from '../text/width.js'
import { lineCutter } from './lineCutter.js'
import type { OutputMode } from './outputMode.js'
import { transcripts } from './transcripts.js'

/** The lines of output that are shown at an event. */
export type OutputShown = (event: BatchEvent) => readonly string[]

const nothing: readonly string[] = []
const widestId = 24

/** More than a person reads of one operation; what is left out is in the event log. */
const groupLimits = { head: 256 * 1_024, tail: 256 * 1_024 }

/** What a mode shows while a run goes on. */
export function outputShown(mode: OutputMode, paint: Paint): OutputShown {
  switch (mode) {
    case 'stream':
      return streamed(paint)
    case 'grouped':
      return grouped(paint)
    case 'failed':
    case 'none':
      return () => nothing
  }
}

function streamed(paint: Paint): OutputShown {
  const cut = lineCutter()
  let widest = 0
  const behindId = (id: string, lines: readonly string[]): readonly string[] => {
    if (lines.length === 0) return nothing
    const name = clip(visible(id), widestId)
    widest = Math.max(widest, widthOf(name))
    const prefix = paint(hueOf(id), `${padded(name, widest)} │`)
    return lines.map((line) => `${prefix} ${line}`)
  }
  return (event) => {
    if (event.type === 'operation-output') return behindId(event.id, cut.take(event))
    return event.type === 'attempt-failed' || isTerminal(event) ? behindId(event.id, cut.rest(event.id)) : nothing
  }
}

function grouped(paint: Paint): OutputShown {
  const ended = transcripts(groupLimits)
  return (event) => quoted(ended(event)?.lines() ?? nothing, paint)
}

/** Lines of output as they stand below what gave them out. */
export function quoted(lines: readonly string[], paint: Paint): readonly string[] {
  return lines.map((line) => `${paint('faint', '  │')} ${line}`)
}
