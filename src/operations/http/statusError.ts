import type { OperationError } from '../../model/operationError.js'

/** Statuses that may be another at the next attempt. */
const passing: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/** The failure that a status is; `note` is what else there is to say about it. */
export function statusError(
  where: string,
  status: number,
  expected: readonly number[] | undefined,
  note: string,
  retryAfter: number | undefined,
): OperationError {
  // Taken only here: what it comes with takes a while to load, and no start needs it.
  const known = process.getBuiltinModule('node:http').STATUS_CODES[status]
  const name = known === undefined ? '' : ` ${known}`
  const wanted = expected === undefined ? '2xx' : expected.length === 1 ? String(expected[0]) : `one of ${expected.join(', ')}`
  const message = `${where} answered ${status}${name}, not ${wanted}.${note}`
  return {
    type: 'http-status',
    message,
    retryable: passing.has(status),
    status,
    ...(retryAfter !== undefined && { retryAfterMs: retryAfter }),
  }
}

/**
 * How long a server asks to wait: `Retry-After` is a number of seconds, or a date; undefined when it is neither.
 *
 * A date is measured from the server's own `Date` when it sends one, as the two clocks may differ.
 */
export function retryAfterMs(retryAfter: string | undefined, date: string | undefined, now: number): number | undefined {
  if (retryAfter === undefined) return undefined
  if (/^\s*\d+\s*$/.test(retryAfter)) return Number(retryAfter) * 1000
  const until = Date.parse(retryAfter)
  if (Number.isNaN(until)) return undefined
  const sent = Date.parse(date ?? '')
  return Math.max(0, until - (Number.isNaN(sent) ? now : sent))
}
