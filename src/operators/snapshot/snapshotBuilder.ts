// operators/snapshot: the state of a run as a frozen value, built up event by event.
import { castDraft, produce } from 'immer'
import type { OperationEmitted, OperationProgress } from '../../model/event.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'
import { operationAfter, stateAfter, type OperationSnapshot, type OperationState, type Turn } from './operationSnapshot.js'
import { chunkSize, remember, type Snapshot, type StateCounts } from './snapshot.js'

/** Follows a run in place, and makes a snapshot of it whenever asked. */
export interface SnapshotBuilder {
  /** Answers whether the snapshot will be another one. */
  observe(event: AnyEvent): boolean
  snapshot(): Snapshot
}

type Heard = Pick<OperationProgress, 'fraction' | 'message'>

const keptFailures = 20
const keptEmitted = 100

const none: StateCounts = { total: 0, waiting: 0, ready: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 }

/**
 * An event only moves a count and leaves itself at its operation's place; what it says is read when the next snapshot is made, and
 * not at all if another comes before. Immer has the list of chunks for a draft, never the operations.
 */
export function snapshotBuilder(): SnapshotBuilder {
  const positions = new Map<string, number>()
  const states: OperationState[] = []
  // By position, since the last snapshot: the last change of state, and what was said of the running attempt.
  const turns: (Turn | undefined)[] = []
  const heard = new Map<number, Heard>()
  const changed = new Set<number>()
  const counts: { -readonly [S in keyof StateCounts]: number } = { ...none }
  let failures: Snapshot['failures'] = []
  let emitted: Snapshot['emitted'] = []
  // Since the last snapshot: a list of its own for each event would cost a hundred times as much.
  let justEmitted: Snapshot['emitted'][number][] = []
  let frame: Pick<Snapshot, 'phase' | 'runId' | 'name' | 'summary'> = { phase: 'idle' }
  let latest = produce<Snapshot>({ ...frame, counts: none, chunks: [], failures, emitted }, () => undefined)
  // Most events are about the operation of the event before.
  let lastId: string | undefined
  let lastPosition = -1
  let lastChanged = -1

  const positionOf = ({ id, parent }: Turn): number => {
    if (id === lastId) return lastPosition
    lastId = id
    const known = positions.get(id)
    if (known !== undefined) return (lastPosition = known)
    lastPosition = positions.size
    positions.set(id, lastPosition)
    states.push('waiting')
    turns.push(undefined)
    // A part of another operation: the run counted only what it began with.
    if (parent !== undefined) {
      counts.total++
      counts.waiting++
    }
    return lastPosition
  }

  const change = (position: number): true => {
    const chunk = Math.floor(position / chunkSize)
    if (chunk !== lastChanged) changed.add((lastChanged = chunk))
    return true
  }

  const turn = (event: Turn): boolean => {
    const state = stateAfter(event)
    if (state === undefined) return false
    const position = positionOf(event)
    counts[states[position]!]--
    counts[state]++
    states[position] = state
    turns[position] = event
    if (heard.size > 0) heard.delete(position)
    return change(position)
  }

  const hear = ({ id, fraction, message }: OperationProgress): boolean => {
    const position = positions.get(id)
    if (position === undefined || states[position] !== 'running') return false
    heard.set(position, { ...heard.get(position), ...(fraction !== undefined && { fraction }), ...(message !== undefined && { message }) })
    return change(position)
  }

  const emit = ({ id, at, name, data }: OperationEmitted): true => {
    justEmitted.push(Object.freeze({ id, at, name, data }))
    if (justEmitted.length >= 2 * keptEmitted) justEmitted = justEmitted.slice(-keptEmitted)
    return true
  }

  const chunkNow = (chunk: number): readonly OperationSnapshot[] => {
    const operations = latest.chunks[chunk]?.slice() ?? []
    const first = chunk * chunkSize
    const end = Math.min(first + chunkSize, turns.length)
    for (let position = first; position < end; position++) {
      const event = turns[position]
      if (event !== undefined) operations[position - first] = operationAfter(event)
      turns[position] = undefined
      const said = heard.size > 0 ? heard.get(position) : undefined
      if (said !== undefined) operations[position - first] = Object.freeze({ ...operations[position - first]!, ...said })
    }
    return Object.freeze(operations)
  }

  return {
    observe(event) {
      switch (event.type) {
        case 'run-started':
          counts.total = counts.waiting = event.operations
          frame = { phase: 'running', runId: event.runId, ...(event.name !== undefined && { name: event.name }) }
          return true
        case 'run-finished':
          frame = { ...frame, phase: 'finished', summary: Object.freeze({ ...event.summary }) }
          return true
        case 'operation-added':
          counts.total++
          counts.waiting++
          return true
        case 'operation-progress':
          return hear(event)
        case 'operation-emitted':
          return emit(event)
        case 'attempt-placed':
        case 'process-started':
        case 'operation-output':
        case 'operation-undone':
        case 'undo-failed':
        case 'journal-failed':
        case 'pool-closed':
        case 'metrics-sampled':
        case 'alert-raised':
        case 'trend-changed':
          return false
        case 'operation-failed':
          failures = Object.freeze([...failures.slice(1 - keptFailures), Object.freeze({ id: event.id, error: event.error })])
          return turn(event)
        case 'operation-ready':
        case 'attempt-started':
        case 'attempt-failed':
        case 'operation-succeeded':
        case 'operation-skipped':
        case 'operation-cancelled':
          return turn(event)
      }
    },
    snapshot() {
      // Frozen before immer sees them: it would go on into what an operation gave as the cause of its error.
      const chunks = [...changed].map((chunk) => [chunk, castDraft(chunkNow(chunk))] as const)
      if (justEmitted.length > 0) emitted = Object.freeze([...emitted, ...justEmitted].slice(-keptEmitted))
      justEmitted = []
      latest = produce(latest, (draft) => {
        Object.assign(draft, frame, { failures, emitted })
        Object.assign(draft.counts, counts)
        for (const [chunk, operations] of chunks) draft.chunks[chunk] = operations
      })
      changed.clear()
      heard.clear()
      lastChanged = -1
      remember(latest.chunks, positions)
      return latest
    },
  }
}
