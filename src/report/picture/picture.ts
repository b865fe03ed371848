// report/picture: what the events of a run come to, for its page and its exports: each operation with its attempts and the slots they held.
import type { Usage } from '../../model/usage.js'

/** Where an operation stands: how it ended, or what it was doing when the events stopped. */
export type PicturedState = 'waiting' | 'ready' | 'running' | 'retrying' | 'succeeded' | 'failed' | 'skipped' | 'cancelled'

/** One try at an operation. All times of a picture are ms after the run started. */
export interface PicturedAttempt {
  readonly startedAt: number
  /** Undefined as long as no event has told it. */
  endedAt: number | undefined
  /** The slots it holds; none for one that only waits for its own parts. */
  readonly lanes: readonly number[]
  /** Why it failed, cut. */
  message: string | undefined
  /** The worker that performed it, for one performed elsewhere, and how long it waited in the queue until then. */
  placed: { readonly worker: string; readonly queuedMs: number } | undefined
}

/** A failure, as far as it is shown. */
export interface PicturedError {
  readonly type: string
  readonly message: string
}

/** What an operation gave out, as far as it is kept. */
export interface PicturedOutput {
  readonly stdout: string
  readonly stderr: string
  /** Bytes of both that were left out. */
  readonly omitted: number
}

export interface PicturedOperation {
  readonly id: string
  /** `shell.run`; empty until it is told. */
  type: string
  title: string | undefined
  /** The index of the operation it is part of. */
  parent: number | undefined
  weight: number
  state: PicturedState
  readyAt: number | undefined
  endedAt: number | undefined
  readonly attempts: PicturedAttempt[]
  error: PicturedError | undefined
  /** What its end says besides: why it was skipped, that a fallback was taken. */
  note: string | undefined
  /** The first few of the failed operations it was skipped because of. */
  because: readonly string[]
  /** Its failure is that of its own parts: no root cause. */
  whole: boolean
  /** How many operations were skipped because of it. */
  blocked: number
  output: PicturedOutput | undefined
  usage: Usage | undefined
  /** Its body ignored the abort: its slots stay taken. */
  detached: boolean
}

/** Which operation waits for which. The nodes behind those of the plan's operations are joins, which do nothing but pass an end on. */
export interface Wiring {
  /** Operations of the plan: what came while it ran stands behind them. */
  readonly planned: number
  readonly nodes: number
  /** The edges that start at node `n` are `targets[offsets[n]] … targets[offsets[n + 1] - 1]`. */
  readonly offsets: ArrayLike<number>
  readonly targets: ArrayLike<number>
}

/** What the last event of a run says of it. */
export interface RunEnding {
  readonly ok: boolean
  /** The type of what stopped it before its plan was done. */
  readonly stopType: string | undefined
  /** The same in words. */
  readonly stopWords: string | undefined
}

/** One earlier run of the same plan. */
export interface PastRun {
  readonly runId: string
  /** Epoch ms. */
  readonly startedAt: number
  readonly makespanMs: number
  readonly ok: boolean
}

/** Where the plan's runs went, up to this one. */
export interface PicturedHistory {
  readonly runs: readonly PastRun[]
  /** In words: `slower since …`. */
  readonly trend: string
}

export interface RunPicture {
  runId: string
  name: string | undefined
  /** The file of the plan. */
  plan: string | undefined
  /** The W3C trace context that the run was given. */
  traceparent: string | undefined
  /** Epoch ms. */
  startedAt: number
  concurrency: number
  streamed: boolean
  /** The time of the last event. */
  lastAt: number
  /** Operations that the run knew of from its start. */
  announced: number
  readonly operations: PicturedOperation[]
  /** Slots that were held at once at most, and at least the limit. */
  lanes: number
  ending: RunEnding | undefined
  /** What else is to be said of the run, and how much more there was. */
  readonly notes: string[]
  moreNotes: number
  wiring: Wiring | undefined
  history: PicturedHistory | undefined
  /** Output that the picture has no room for: of how many operations, and how many bytes. */
  readonly leftOut: { operations: number; bytes: number }
  /** The run goes on: its end is still to come. */
  live: boolean
}
