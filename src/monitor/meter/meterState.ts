import type { Usage } from '../../model/usage.js'
import type { Chains } from './chains.js'
import type { Kinds } from './kinds.js'
import type { Occupancy } from './occupancy.js'

/** What a run has come to so far. Mutable: changed at every event. */
export interface MeterState {
  readonly occupancy: Occupancy
  readonly kinds: Kinds
  /** Undefined without a graph. */
  readonly chains: Chains | undefined
  readonly startedAt: number
  /** Nobody knows how many operations will come. */
  readonly streamed: boolean
  total: number
  succeeded: number
  failed: number
  skipped: number
  cancelled: number
  attempts: number
  retries: number
  retriedMs: number
  /** Operations that ended after an attempt. */
  endedTried: number
  /** Those of them that failed. */
  failedTried: number
  /** Those of them that held a slot while every slot was taken. */
  endedFull: number
  /** Operations that ended after becoming ready, and their Σ `waitedMs + durationMs`. */
  endedReady: number
  timeInSystemMs: number
  /** Of ended operations that hold slots: how many, Σ time of their attempts, and Σ of its squares. */
  worked: number
  workedMs: number
  workedSquares: number
  lastEventAt: number
  /** When an operation last ended; the start of the run before. */
  lastEndAt: number
  /** Whether any operation takes more than one slot. */
  heavy: boolean
  /** What language models used; undefined as long as nothing reported any. */
  usage: Usage | undefined
}
