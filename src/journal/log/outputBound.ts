import type { BatchEvent, OperationOutput } from '../../model/event.js'

/** What of each attempt's output a log keeps, in bytes: half of it from the beginning, half from the end. */
export const defaultOutputBytes = 1024 * 1024

/** The most bytes that are put together from smaller pieces. */
const mostJoined = 4 * 1024

/** An event as it comes into a log. */
export interface LoggedEvent {
  readonly event: BatchEvent
  /** How many events before it were left out. */
  readonly skipped?: number
  /** It comes behind events that happened after it: what an attempt gave out last is known only at its end. */
  readonly late?: true
}

/** Leaves out what of each attempt's output is neither its beginning nor its end. */
export interface OutputBound {
  /** What is to be written now, for this event. */
  take(event: BatchEvent): readonly LoggedEvent[]
}

interface Held {
  headLeft: number
  readonly tail: { readonly event: OperationOutput; readonly bytes: number }[]
  tailBytes: number
  omitted: number
}

export function outputBound(outputBytes: number): OutputBound {
  const half = Math.ceil(outputBytes / 2)
  const held = new Map<string, Held>()
  let skipped = 0

  // What was left out is said by the next line, whatever that is.
  const said = (first: LoggedEvent, ...rest: readonly LoggedEvent[]): readonly LoggedEvent[] => {
    if (skipped === 0) return [first, ...rest]
    const before = skipped
    skipped = 0
    return [{ ...first, skipped: before }, ...rest]
  }

  const output = (event: OperationOutput): readonly LoggedEvent[] => {
    let of = held.get(event.id)
    if (of === undefined) held.set(event.id, (of = { headLeft: half, tail: [], tailBytes: 0, omitted: 0 }))
    const bytes = Buffer.byteLength(event.text)
    if (of.tail.length === 0 && bytes <= of.headLeft) {
      of.headLeft -= bytes
      return said({ event })
    }
    // From here on nothing more belongs to the beginning, also if it would fit.
    of.headLeft = 0
    skipped += 1
    const { text, cut } = endOf(event.text, bytes, half)
    const last = of.tail.at(-1)
    // Small pieces become one: an event a letter would take more room than its text.
    if (last !== undefined && last.event.stream === event.stream && last.bytes + bytes <= half / 8 && last.bytes + bytes <= mostJoined)
      of.tail.splice(-1, 1, { event: { ...event, text: last.event.text + text }, bytes: last.bytes + bytes })
    else of.tail.push({ event: cut === 0 ? event : { ...event, text }, bytes: bytes - cut })
    of.omitted += cut
    of.tailBytes += bytes - cut
    while (of.tailBytes > half || (of.tail.length > 1 && of.tail[0]!.bytes === 0)) {
      const { bytes: gone } = of.tail.shift()!
      of.tailBytes -= gone
      of.omitted += gone
    }
    return []
  }

  const saidBefore = (event: BatchEvent, [first, ...rest]: readonly LoggedEvent[]): readonly LoggedEvent[] =>
    first === undefined ? said({ event }) : said(first, ...rest, { event })

  const tailOf = (id: string): readonly LoggedEvent[] => {
    const of = held.get(id)
    held.delete(id)
    return (of?.tail ?? []).map(({ event }, place) => ({
      event: place === 0 && of !== undefined && of.omitted > 0 ? behind(event, of.omitted) : event,
      late: true,
    }))
  }

  return {
    take(event) {
      switch (event.type) {
        case 'operation-output':
          return output(event)
        case 'attempt-failed':
        case 'operation-succeeded':
        case 'operation-failed':
        case 'operation-cancelled':
          return saidBefore(event, held.size === 0 ? [] : tailOf(event.id))
        case 'run-finished':
          return saidBefore(event, [...held.keys()].flatMap(tailOf))
        case 'run-started':
        case 'operation-added':
        case 'operation-ready':
        case 'attempt-started':
        case 'attempt-placed':
        case 'process-started':
        case 'operation-progress':
        case 'operation-emitted':
        case 'operation-skipped':
        case 'operation-undone':
        case 'undo-failed':
        case 'journal-failed':
        case 'pool-closed':
          return said({ event })
      }
    },
  }
}

/** The first event behind what was left out: its text says so, for whoever reads the output as one. */
function behind(event: OperationOutput, omitted: number): OperationOutput {
  return { ...event, text: `\n[… ${omitted.toLocaleString('en')} bytes left out …]\n${event.text}`, omitted }
}

/** The end of a text that fits, and how many bytes come before it; never half a character. */
function endOf(text: string, bytes: number, most: number): { readonly text: string; readonly cut: number } {
  if (bytes <= most) return { text, cut: 0 }
  const all = Buffer.from(text)
  let from = bytes - most
  while (from < bytes && (all[from]! & 0xc0) === 0x80) from += 1
  return { text: all.toString('utf8', from), cut: from }
}
