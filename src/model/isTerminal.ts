import type { BatchEvent, TerminalEvent } from './event.js'

/** Whether an operation ends with this event. */
export function isTerminal(event: BatchEvent): event is TerminalEvent {
  switch (event.type) {
    case 'operation-succeeded':
    case 'operation-failed':
    case 'operation-skipped':
    case 'operation-cancelled':
      return true
    default:
      return false
  }
}
