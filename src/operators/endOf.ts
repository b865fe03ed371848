import { filter, type OperatorFunction } from 'rxjs'
import type { BatchEvent, TerminalEvent } from '../model/event.js'
import { isTerminal } from '../model/isTerminal.js'

/** @internal */
export function endOf(id: string): OperatorFunction<BatchEvent, TerminalEvent> {
  return filter((event): event is TerminalEvent => isTerminal(event) && event.id === id)
}
