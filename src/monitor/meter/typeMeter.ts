import { histogram, type Histogram } from '../histogram/histogram.js'

/** What the operations of one type came to so far. Mutable: changed at every event of one of them. */
export interface TypeMeter {
  /** Its place among the types of the run. */
  readonly index: number
  readonly name: string
  ready: number
  running: number
  retrying: number
  succeeded: number
  failed: number
  cancelled: number
  attempts: number
  retries: number
  retriedMs: number
  timeouts: number
  /** When an operation of it last left the line of those that are ready; before the first, −Infinity. */
  lastStart: number
  /** How many were the first in line for a ms or longer before their first attempt, and for how long together. */
  lined: number
  linedMs: number
  /** The longest limit that an attempt ran into. */
  timeoutMs: number
  readonly run: Histogram
  readonly wait: Histogram
  /** Each time in `run`, for those who asked for exact figures. */
  readonly durations: number[] | undefined
  /** Whether anything changed since the last sample. */
  changed: boolean
}

export function typeMeter(index: number, name: string, exact: boolean): TypeMeter {
  return {
    index,
    name,
    ready: 0,
    running: 0,
    retrying: 0,
    succeeded: 0,
    failed: 0,
    cancelled: 0,
    attempts: 0,
    retries: 0,
    retriedMs: 0,
    timeouts: 0,
    timeoutMs: 0,
    lastStart: -Infinity,
    lined: 0,
    linedMs: 0,
    run: histogram(),
    wait: histogram(),
    durations: exact ? [] : undefined,
    changed: true,
  }
}
