import type { BatchEvent } from '../../model/event.js'
import { isEventType } from '../../model/eventTypes.js'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { openLine } from './logLine.js'
import type { DamageReason, LogDamage } from './logDamage.js'
import { valueOfJson } from './textOfFile.js'

/** What the bytes of a log hold. */
export interface DecodedLog {
  /** The exact events that were written, from the first on, up to the end, the tear or the damage. */
  readonly events: readonly BatchEvent[]
  /** Where the last line begins, if its writing was interrupted. It was never acknowledged. */
  readonly cutAt?: number
  readonly damage?: LogDamage
}

/** Reads a log piece by piece. */
export interface LogDecoder {
  /** Returns the events that are complete with these bytes; none after damage. */
  push(bytes: Buffer): readonly BatchEvent[]
  /** Called after the last bytes. */
  end(): Pick<DecodedLog, 'cutAt' | 'damage'>
}

const lineEnd = 0x0a

/**
 * Decodes the bytes of an event log: the exact events up to the first damage, and the reason it stops there.
 *
 * A last line without its line end is an interrupted write, and is cut. Any other line that is not as it was written is damage: it is
 * reported with its place, and never skipped. Never throws.
 *
 * @example
 * ```ts
 * import { decodeLog } from 'millrace/node'
 * decodeLog(Buffer.from('half a li')) // => { events: [], cutAt: 0 }
 * decodeLog(Buffer.from('another line\n')).damage // => { reason: 'checksum', offset: 0, line: 1 }
 * ```
 * @see {@link readRun} for a log too long to hold
 * @since 0.1.0
 */
export function decodeLog(bytes: Buffer): DecodedLog {
  const decoder = logDecoder()
  const events = decoder.push(bytes)
  return { events, ...decoder.end() }
}

export function logDecoder(): LogDecoder {
  let rest: readonly Buffer[] = []
  let offset = 0
  let line = 1
  let next = 0
  let runId: string | undefined
  let damage: LogDamage | undefined

  const take = (bytes: Buffer): BatchEvent | DamageReason => {
    const text = openLine(bytes)
    if (text === undefined) return 'checksum'
    const logged = loggedOf(text)
    if (logged === undefined) return 'not-an-event'
    const { event, skipped, late } = logged
    // A log begins with its run's first event, and holds every one, or says how many it left out. Late ones are of those.
    next += skipped
    const isInPlace = late ? event.type === 'operation-output' && event.seq < next : event.seq === next
    if (!isInPlace || event.runId !== (runId ?? event.runId)) return 'order'
    if (!late) next = event.seq + 1
    runId = event.runId
    return event
  }

  return {
    push(bytes) {
      const events: BatchEvent[] = []
      let from = 0
      for (let to = bytes.indexOf(lineEnd); to >= 0 && damage === undefined; to = bytes.indexOf(lineEnd, from)) {
        const piece = bytes.subarray(from, to)
        const whole = rest.length === 0 ? piece : Buffer.concat([...rest, piece])
        rest = []
        from = to + 1
        const taken = take(whole)
        if (typeof taken === 'string') damage = { reason: taken, offset, line }
        else {
          events.push(taken)
          offset += whole.length + 1
          line++
        }
      }
      if (damage === undefined && from < bytes.length) rest = [...rest, bytes.subarray(from)]
      return events
    },
    end: () => (damage !== undefined ? { damage } : rest.length > 0 ? { cutAt: offset } : {}),
  }
}

/** The event of the last line of bytes that end a log; `longer` when its beginning is not in them, which cannot be for a whole log. */
export function decodeLastLine(bytes: Buffer, whole: boolean): BatchEvent | 'longer' | undefined {
  if (bytes.length === 0 || bytes.at(-1) !== lineEnd) return undefined
  const before = bytes.lastIndexOf(lineEnd, bytes.length - 2)
  if (before < 0 && !whole) return 'longer'
  const text = openLine(bytes.subarray(before + 1, -1))
  return text === undefined ? undefined : loggedOf(text)?.event
}

function loggedOf(text: string): { readonly event: BatchEvent; readonly skipped: number; readonly late: boolean } | undefined {
  const value = valueOfJson(text)
  if (!isPlainObject(value)) return undefined
  const type = own(value, 'type')
  const stamped = typeof own(value, 'runId') === 'string' && typeof own(value, 'seq') === 'number' && typeof own(value, 'at') === 'number'
  // The checksum says that this library wrote it, which gives an event of a type the fields of that type.
  if (!stamped || !isEventType(type)) return undefined
  if (own(value, 'skipped') === undefined && own(value, 'late') === undefined)
    return { event: value as unknown as BatchEvent, skipped: 0, late: false }
  const { skipped = 0, late = false, ...event } = value
  return typeof skipped === 'number' && typeof late === 'boolean' ? { event: event as unknown as BatchEvent, skipped, late } : undefined
}
