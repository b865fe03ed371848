import { stripVTControlCharacters } from 'node:util'
import type { ServiceResult } from './serviceParams.js'

/** Of a line that does not end, this much is kept. */
const longestLine = 64 * 1024

/**
 * Looks for a line with a text in it, in pieces that may be cut anywhere. A line counts once it has ended: what follows in it may be the
 * port. Colours are left out.
 */
export function readyLine(wanted: string): (piece: string) => string | undefined {
  let begun = ''
  return (piece) => {
    const lines = (begun + piece).split(/\r?\n/)
    begun = (lines.pop() ?? '').slice(-longestLine)
    return lines.map((line) => stripVTControlCharacters(line)).find((line) => line.includes(wanted))
  }
}

/** What a service stands ready with when a line has told it: programs that choose their port write their address. */
export function resultOfLine(line: string): ServiceResult {
  const url = /https?:\/\/[^\s"'<>()]+[^\s"'<>().,;:!?]/.exec(line)?.[0]
  return url === undefined || !URL.canParse(url) ? { line } : { line, url, port: urlPort(url) }
}

export function urlPort(url: string): number {
  const { port, protocol } = new URL(url)
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}
