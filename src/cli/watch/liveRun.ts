import type { BatchEvent } from '../../model/event.js'
import { encodePicture } from '../../report/document/encodePicture.js'
import { livePageHtml, packed } from '../../report/pageHtml.js'
import { liveRoom } from '../../report/picture/outputKeeper.js'
import { pictureBuilder } from '../../report/picture/pictureBuilder.js'
import type { ReportAbout } from '../../report/picture/reportAbout.js'

/** A run as its live page shows it. */
export interface LiveRun {
  readonly see: (event: BatchEvent) => void
  /** No event will come any more, although the run has not ended: its process is gone. */
  readonly abandon: () => void
  readonly page: () => string
  /** All of it so far, as a message. */
  readonly snapshot: () => Buffer
  /** What came since the last time, as a message; undefined for nothing. */
  readonly take: () => Buffer | undefined
}

/** Of one event: a program may give out a megabyte at once. */
const mostText = 4_000

export function liveRun(about: ReportAbout): LiveRun {
  const builder = pictureBuilder(about, liveRoom)
  builder.picture().live = true
  let fresh: BatchEvent[] = []
  let abandoned = false
  const snapshot = (): Buffer => message('snapshot', packed(encodePicture(builder.picture())))
  return {
    see(event) {
      builder.add(event)
      fresh.push(shown(event))
    },
    abandon() {
      builder.picture().live = false
      abandoned = true
    },
    page: () => livePageHtml(builder.picture()),
    snapshot,
    take() {
      const events = fresh
      fresh = []
      if (abandoned) {
        abandoned = false
        return snapshot()
      }
      return events.length === 0 ? undefined : message('events', JSON.stringify(events))
    },
  }
}

/** Without what the page does not show. */
function shown(event: BatchEvent): BatchEvent {
  switch (event.type) {
    case 'operation-succeeded':
      return { ...event, value: undefined }
    case 'operation-output':
      return event.text.length <= mostText ? event : { ...event, text: event.text.slice(-mostText) }
    case 'operation-emitted':
      return event.name === 'usage' ? event : { ...event, data: undefined }
    case 'run-started':
    case 'operation-added':
    case 'operation-ready':
    case 'attempt-started':
    case 'attempt-placed':
    case 'process-started':
    case 'operation-progress':
    case 'attempt-failed':
    case 'operation-failed':
    case 'operation-skipped':
    case 'operation-cancelled':
    case 'operation-undone':
    case 'undo-failed':
    case 'journal-failed':
    case 'pool-closed':
    case 'run-finished':
      return event
  }
}

/** As `text/event-stream` has it: neither JSON nor base64 has a line end in it. */
function message(name: string, data: string): Buffer {
  return Buffer.from(`event: ${name}\ndata: ${data}\n\n`)
}
