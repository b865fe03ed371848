import type { TerminalEvent } from './event.js'
import type { AnyEvent } from './metrics/monitorEvent.js'

/** Whether an operation ends with this event. */
export function isTerminal(event: AnyEvent): event is TerminalEvent {
  const { type } = event
  return type === 'operation-succeeded' || type === 'operation-failed' || type === 'operation-skipped' || type === 'operation-cancelled'
}
