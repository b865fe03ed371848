import type { Observable } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'

/**
 * Where the operation of an event stands in its run, for a listener that would else look it up by its id at every event.
 *
 * To be read while the event is delivered. An index is another operation's once the end of its own has been delivered; it is -1 for
 * an event about no single operation, and as long as nobody sets it.
 */
export interface OperationIndex {
  index: number
}

/** The method that gives a run with an index. */
export const indexed: unique symbol = Symbol('the same events, with the index of their operation')

export interface Indexed {
  readonly [indexed]: (operationIndex: OperationIndex) => Observable<BatchEvent>
}

/** The same events, with an index that is set at each. Events that do not come straight from a run set none. */
export function withOperationIndex(events: Observable<BatchEvent>, operationIndex: OperationIndex): Observable<BatchEvent> {
  return indexed in events ? (events as Indexed & Observable<BatchEvent>)[indexed](operationIndex) : events
}
