// journal/log: the event log as a file: its lines, their text, damage and bounds.
import { crc32 } from 'node:zlib'
import type { BatchEvent } from '../../model/event.js'
import { wordAsHex } from '../../model/text/textHash.js'
import { eventText, successText } from './eventText.js'
import type { LoggedEvent } from './outputBound.js'

// A line is the event as JSON with one more field, its last: the CRC-32 of everything before that field. So each line is valid JSON
// for any program, and can be checked without knowing what it means.
const seal = ',"crc":"'
const sealBytes = Buffer.from(seal)
const end = '"}'
const digits = 8

/** How many bytes at the end of a line are not covered by its CRC, the line end left out. */
const sealedLength = seal.length + digits + end.length

/** One event as a line of the log, with its line end. What was left out before it, and that it comes late, stand in the line as well. */
export function encodeLine(event: BatchEvent, { skipped, late }: Omit<LoggedEvent, 'event'> = {}): string {
  const place = `${skipped === undefined ? '' : `,"skipped":${skipped}`}${late === true ? ',"late":true' : ''}`
  const body = textOf(event).slice(0, -1) + place
  return `${body}${seal}${wordAsHex(crc32(body))}${end}\n`
}

/** The JSON of the event in a line without its line end; undefined when the line is not as it was written. */
export function openLine(line: Buffer): string | undefined {
  const covered = line.length - sealedLength
  if (covered < 1) return undefined
  const body = line.subarray(0, covered)
  const sealed = line.subarray(covered)
  if (!sealed.subarray(0, seal.length).equals(sealBytes)) return undefined
  // Compared as text: a letter whose case was flipped is damage too.
  if (sealed.toString('latin1', seal.length) !== `${wordAsHex(crc32(body))}${end}`) return undefined
  return `${body.toString('utf8')}}`
}

function textOf(event: BatchEvent): string {
  switch (event.type) {
    // Only texts and numbers: there is no need to look.
    case 'run-started':
    case 'operation-added':
    case 'operation-ready':
    case 'attempt-started':
    case 'attempt-placed':
    case 'process-started':
    case 'operation-progress':
    case 'operation-output':
    case 'operation-skipped':
    case 'pool-closed':
    case 'operation-undone':
      return JSON.stringify(event)
    case 'operation-succeeded':
      return successText(event)
    case 'operation-emitted':
    case 'attempt-failed':
    case 'operation-failed':
    case 'operation-cancelled':
    case 'undo-failed':
    case 'journal-failed':
    case 'run-finished':
      return eventText(event)
  }
}
