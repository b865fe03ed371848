import { filter, type OperatorFunction } from 'rxjs'
import type { TerminalEvent } from '../../model/event.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'

/** @internal */
export function endOf(id: string): OperatorFunction<AnyEvent, TerminalEvent> {
  return filter((event): event is TerminalEvent => isTerminal(event) && event.id === id)
}
