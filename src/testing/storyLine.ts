import type { BatchEvent } from '../model/event.js'

/**
 * Formats an event as one short line that begins with its time: `2 succeeded a`.
 *
 * @example
 * ```ts
 * import { storyLine } from 'millrace/testing'
 * storyLine({ type: 'attempt-started', runId: 'run', seq: 2, at: 7, id: 'a', attempt: 1 }) // => '7 started a#1'
 * ```
 * @see {@link marbleBatch}, whose `story` is made of these
 * @since 0.1.0
 */
export function storyLine(event: BatchEvent): string {
  return `${event.at} ${told(event)}`
}

function told(event: BatchEvent): string {
  switch (event.type) {
    case 'run-started':
    case 'run-finished':
    case 'journal-failed':
    case 'undo-failed':
      return 'id' in event ? `${event.type} ${event.id}` : event.type
    case 'pool-closed':
      return `${event.type} ${event.pool} until ${event.until}`
    case 'attempt-started':
      return `started ${event.id}#${event.attempt}`
    case 'attempt-placed':
      return `placed ${event.id}#${event.attempt} at ${event.worker}`
    case 'attempt-failed':
      return `${event.type} ${event.id}#${event.attempt}${event.retryInMs === undefined ? '' : `, again in ${event.retryInMs}`}`
    case 'operation-skipped':
      return `skipped ${event.id}: ${[event.reason, ...event.because].join(' ')}`
    case 'operation-cancelled':
      return `cancelled ${event.id}: ${event.cause.type}`
    case 'operation-output':
    case 'process-started':
    case 'operation-emitted':
    case 'operation-progress':
    case 'operation-added':
    case 'operation-ready':
    case 'operation-succeeded':
    case 'operation-failed':
    case 'operation-undone':
      return `${event.type.slice('operation-'.length)} ${event.id}`
  }
}
