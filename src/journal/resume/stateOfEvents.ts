import type { BatchEvent } from '../../model/event.js'
import type { LeftProgram, LoggedState } from './runState.js'

/** What the events of a run say of each operation, as far as they go. */
export interface EventStates {
  observe(event: BatchEvent): void
  readonly operations: Map<string, LoggedState>
  /** Whether its first event is there. */
  readonly begun: () => boolean
  readonly finished: () => boolean
  readonly streamed: () => boolean
  /** Those of attempts without an end. */
  readonly programs: () => readonly LeftProgram[]
}

export function stateOfEvents(): EventStates {
  const operations = new Map<string, LoggedState>()
  const programs = new Map<string, LeftProgram[]>()
  let begun = false
  let finished = false
  let streamed = false

  const set = ({ id, parent }: { readonly id: string; readonly parent?: string }, state: LoggedState): void => {
    operations.set(id, parent === undefined ? state : { ...state, parent })
    if (state.type !== 'open' && programs.size > 0) programs.delete(id)
  }

  return {
    operations,
    begun: () => begun,
    finished: () => finished,
    streamed: () => streamed,
    programs: () => [...programs.values()].flat(),
    observe(event) {
      switch (event.type) {
        case 'run-started':
          begun = true
          streamed = event.streamed === true
          return
        case 'attempt-started':
          return set(event, { type: 'open', attempt: event.attempt })
        case 'process-started': {
          const { id, pid, startedAt } = event
          const started = programs.get(id) ?? []
          programs.set(id, [...started, { id, pid, ...(startedAt !== undefined && { startedAt }) }])
          return
        }
        case 'attempt-failed':
          return set(event, { type: 'waiting' })
        case 'operation-succeeded': {
          const { runId, value, reusedFrom, masked, lossy } = event
          return set(event, {
            type: 'succeeded',
            value,
            from: reusedFrom ?? runId,
            ...(masked && { masked }),
            ...(lossy && { lossy }),
          })
        }
        case 'operation-failed':
          return set(event, { type: 'failed', error: event.error, from: event.reusedFrom ?? event.runId })
        case 'operation-skipped':
          return set(event, { type: 'skipped', reason: event.reason })
        case 'operation-cancelled':
          return set(event, { type: 'cancelled', attempts: event.attempts })
        case 'operation-undone':
          return set(event, { type: 'undone' })
        case 'run-finished':
          finished = true
          break
        case 'operation-added':
        case 'attempt-placed':
        case 'operation-ready':
        case 'operation-progress':
        case 'operation-output':
        case 'operation-emitted':
        case 'undo-failed':
        case 'journal-failed':
        case 'pool-closed':
      }
    },
  }
}
