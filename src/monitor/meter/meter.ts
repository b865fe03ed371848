// monitor/meter: follows the events of a run and computes its metrics.
import type {
  AttemptFailed,
  BatchEvent,
  OperationCancelled,
  OperationFailed,
  OperationSucceeded,
  RunStarted,
  TerminalEvent,
} from '../../model/event.js'
import { addUsage, usageIn } from '../../model/usage.js'
import type { PlanGraph } from './planGraph.js'
import { chains } from './chains.js'
import { kinds, type MeteredKind } from './kinds.js'
import type { MeterState } from './meterState.js'
import { services } from './services.js'
import { advance, occupancy } from './occupancy.js'
import { whereabouts } from './whereabouts.js'

/** Adds up the events of one run. */
export interface Meter {
  /** `index` is that of its operation in the run, where it is known, and always or never within a run. */
  observe(event: BatchEvent, index?: number): void
  /** To be read at any time; only `observe` changes it. */
  readonly state: MeterState
}

export interface MeterOptions {
  /** The graph of the plan that runs: without it there is no critical path. */
  readonly graph?: PlanGraph
  /** Keeps every duration, 8 B each, for exact quantiles. */
  readonly exact?: boolean
}

/** The meter of one run, made from its first event. */
export function meter(started: RunStarted, { graph, exact = false }: MeterOptions = {}): Meter {
  const now = occupancy(started.at, started.concurrency, started.operations)
  const known = kinds(exact)
  const longest = graph === undefined ? undefined : chains(graph)
  const standing = services()
  const where = whereabouts(now, known, started.operations)
  const state: MeterState = {
    occupancy: now,
    kinds: known,
    chains: longest,
    startedAt: started.at,
    streamed: started.streamed === true,
    total: started.operations,
    succeeded: 0,
    failed: 0,
    skipped: 0,
    cancelled: 0,
    attempts: 0,
    retries: 0,
    retriedMs: 0,
    endedTried: 0,
    failedTried: 0,
    endedFull: 0,
    endedReady: 0,
    timeInSystemMs: 0,
    worked: 0,
    workedMs: 0,
    workedSquares: 0,
    lastEventAt: started.at,
    lastEndAt: started.at,
    heavy: false,
    usage: undefined,
  }

  const attemptFailed = ({ id, at, error, retryInMs }: AttemptFailed, index: number): void => {
    const attempt = where.running(id, index)
    if (attempt === undefined) return
    const { meter } = attempt.kind
    if (error.type === 'timeout') {
      meter.timeouts++
      meter.timeoutMs = Math.max(meter.timeoutMs, error.timeoutMs)
    }
    // The end of the last attempt comes with the operation's own.
    if (retryInMs === undefined) return
    where.retries(attempt, at)
    state.retriedMs += at - attempt.startedAt
    meter.retriedMs += at - attempt.startedAt
    meter.changed = true
  }

  const gone = (event: TerminalEvent, index: number): MeteredKind | undefined => {
    const kind = where.ended(event, index)
    state.lastEndAt = event.at
    if (kind !== undefined) kind.meter.changed = true
    // A child that was cancelled before it became ready: nobody counted it before.
    else if (event.parent !== undefined) state.total++
    return kind
  }

  const spent = (kind: MeteredKind | undefined, event: OperationSucceeded | OperationFailed | OperationCancelled): void => {
    const { id, durationMs, waitedMs, attempts } = event
    if (!standing.stood(id)) longest?.ended(id, durationMs)
    if (kind === undefined) return
    state.endedReady++
    state.timeInSystemMs += durationMs + waitedMs
    if (attempts === 0) return
    state.endedTried++
    kind.meter.wait.record(waitedMs)
    if (kind.weight === 0) return
    // Its slots have been given back already.
    if (now.slots + kind.weight >= now.concurrency) state.endedFull++
    state.worked++
    state.workedMs += durationMs
    state.workedSquares += durationMs * durationMs
  }

  const succeeded = (event: OperationSucceeded, index: number): void => {
    const kind = gone(event, index)
    state.succeeded++
    spent(kind, event)
    if (kind === undefined) return
    kind.meter.succeeded++
    // A fallback stands for attempts that failed, a share for an attempt of another.
    if (event.recoveredFrom !== undefined || event.sharedWith !== undefined || event.reusedFrom !== undefined) return
    // It took as long as others needed it.
    if (standing.has(event.id)) return
    kind.meter.run.record(event.durationMs)
    kind.meter.durations?.push(event.durationMs)
  }

  return {
    state,
    observe(event, index = -1) {
      state.lastEventAt = event.at
      switch (event.type) {
        case 'operation-ready': {
          if (!where.ready(event, index)) state.total++
          if (event.weight !== undefined && event.weight > 1) state.heavy = true
          standing.known(event)
          return
        }
        case 'attempt-started': {
          const { meter } = where.started(event, index)
          standing.started(event)
          state.attempts++
          meter.attempts++
          meter.changed = true
          if (event.attempt === 1) return
          state.retries++
          meter.retries++
          return
        }
        case 'attempt-placed':
          return where.placed(event, index)
        case 'attempt-failed':
          return attemptFailed(event, index)
        case 'operation-succeeded':
          return succeeded(event, index)
        case 'operation-failed': {
          const kind = gone(event, index)
          state.failed++
          if (kind !== undefined) kind.meter.failed++
          if (event.attempts > 0) state.failedTried++
          return spent(kind, event)
        }
        case 'operation-cancelled': {
          const kind = gone(event, index)
          state.cancelled++
          if (kind !== undefined) kind.meter.cancelled++
          return spent(kind, event)
        }
        case 'operation-skipped': {
          const since = where.readySince(event.id, index)
          gone(event, index)
          state.skipped++
          if (since !== undefined) {
            // It was in the system as well, and tells no time of its own.
            state.endedReady++
            state.timeInSystemMs += event.at - since
          }
          longest?.ended(event.id, 0)
          return
        }
        case 'operation-added': {
          advance(now, event.at)
          now.pending++
          state.total++
          return
        }
        case 'operation-emitted': {
          const readyMs = standing.readyAfter(event)
          if (readyMs !== undefined) longest?.ended(event.id, readyMs)
          const used = usageIn(event.name, event.data)
          if (used !== undefined) state.usage = addUsage(state.usage, used)
          return
        }
        case 'run-finished':
          return advance(now, event.at)
        case 'run-started':
        case 'operation-progress':
        case 'operation-output':
        case 'process-started':
        case 'operation-undone':
        case 'undo-failed':
        case 'journal-failed':
        case 'pool-closed':
      }
    },
  }
}
