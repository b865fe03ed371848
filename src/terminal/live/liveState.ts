import type { BatchEvent, TerminalEvent } from '../../model/event.js'
import type { MonitorEvent } from '../../model/metrics/monitorEvent.js'
import type { RunTrend } from '../../model/metrics/runTrend.js'
import { oneLine, visibleOutput } from '../text/visible.js'

/** An operation at work, or between two attempts. */
export interface RunningOperation {
  /** The operation it is part of. */
  readonly parent: string | undefined
  readonly since: number
  readonly attempt: number
  /** When its next attempt may start; undefined while one runs. */
  readonly retryAt: number | undefined
  readonly fraction: number | undefined
  /** The last line it gave out, or its last message. */
  readonly said: string
  /** The line it has begun and not ended. */
  readonly unended: string
}

/** What the live view knows of a run: never more than the operations at work and the last few failures. */
export interface LiveState {
  /** Empty until the run has started. */
  runId: string
  name: string | undefined
  total: number
  startedAt: number
  succeeded: number
  failed: number
  skipped: number
  cancelled: number
  /** By id, in the order they started. */
  readonly running: Map<string, RunningOperation>
  /** The latest last. */
  failures: readonly { readonly id: string; readonly message: string }[]
  /** By the latest sample: operations a second, when it will end (epoch ms), and what became worse. */
  rate: number | undefined
  endsAt: number | undefined
  worse: RunTrend | undefined
  /** Set by the first Ctrl-C. */
  stopping: boolean
}

const keptFailures = 3
const longestLine = 1_000

export function liveState(startedAt: number): LiveState {
  return {
    runId: '',
    name: undefined,
    total: 0,
    startedAt,
    succeeded: 0,
    failed: 0,
    skipped: 0,
    cancelled: 0,
    running: new Map(),
    failures: [],
    rate: undefined,
    endsAt: undefined,
    worse: undefined,
    stopping: false,
  }
}

/** Takes what a monitor tells. */
export function measure(state: LiveState, event: MonitorEvent): void {
  if (event.type !== 'metrics-sampled') return
  const { throughput, eta } = event.metrics
  state.rate = throughput.overall
  state.endsAt = eta && event.at + eta.leftMs
  state.worse = event.trends.find(({ direction, better }) => direction === (better === 'lower' ? 'rising' : 'falling'))
}

/**
 * Takes one event into the state, in place: a copy for each event of a map that may hold a hundred thousand operations at
 * work would make a run quadratic.
 */
export function observe(state: LiveState, event: BatchEvent): LiveState {
  switch (event.type) {
    case 'run-started':
      return Object.assign(state, { runId: event.runId, name: event.name, total: event.operations, startedAt: event.at })
    case 'attempt-started':
      return update(state, event.id, {
        parent: event.parent,
        since: event.at,
        attempt: event.attempt,
        retryAt: undefined,
        fraction: undefined,
        said: '',
        unended: '',
      })
    case 'attempt-placed':
      return change(state, event.id, (running) => ({ ...running, since: event.at, said: oneLine(`at ${event.worker}`) }))
    case 'operation-progress':
      return change(state, event.id, (running) => ({
        ...running,
        fraction: event.fraction ?? running.fraction,
        said: event.message === undefined ? running.said : visibleOutput(event.message.slice(0, longestLine)),
      }))
    case 'operation-output':
      return change(state, event.id, (running) => said(running, event.text))
    case 'attempt-failed':
      if (event.retryInMs === undefined) return state
      return update(state, event.id, {
        parent: event.parent,
        since: event.at,
        attempt: event.attempt,
        retryAt: event.at + event.retryInMs,
        fraction: undefined,
        said: oneLine(event.error.message.slice(0, longestLine)),
        unended: '',
      })
    case 'operation-succeeded':
      return ended(state, event, 'succeeded')
    case 'operation-failed':
      state.failures = [...state.failures, { id: event.id, message: oneLine(event.error.message.slice(0, longestLine)) }].slice(
        -keptFailures,
      )
      return ended(state, event, 'failed')
    case 'operation-skipped':
      return ended(state, event, 'skipped')
    case 'operation-cancelled':
      return ended(state, event, 'cancelled')
    case 'operation-added':
      if (event.parent === undefined) state.total += 1
      return state
    case 'operation-ready':
    case 'process-started':
    case 'operation-emitted':
    case 'operation-undone':
    case 'undo-failed':
    case 'journal-failed':
    case 'pool-closed':
    case 'run-finished':
      return state
  }
}

function update(state: LiveState, id: string, running: RunningOperation): LiveState {
  // Taken out first, so that a retry stands where a newly started operation would.
  state.running.delete(id)
  state.running.set(id, running)
  return state
}

function change(state: LiveState, id: string, next: (running: RunningOperation) => RunningOperation): LiveState {
  const running = state.running.get(id)
  if (running !== undefined) state.running.set(id, next(running))
  return state
}

function ended(state: LiveState, { id, parent }: TerminalEvent, outcome: 'succeeded' | 'failed' | 'skipped' | 'cancelled'): LiveState {
  state.running.delete(id)
  // Parts of an operation are shown while they run; what counts as done is what the plan has.
  if (parent === undefined) state[outcome] += 1
  return state
}

// A program may end its lines anywhere, and may rewrite one with a carriage return: what stands last is what it says now.
function said(running: RunningOperation, text: string): RunningOperation {
  const lines = (running.unended + text.slice(-longestLine)).split(/\r\n|\r|\n/)
  const unended = lines.at(-1)!.slice(-longestLine)
  const last = lines.findLast((line) => line.trim() !== '')
  return last === undefined ? { ...running, unended } : { ...running, unended, said: visibleOutput(last).trim() }
}
