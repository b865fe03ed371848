// engine/flow: a run as a graph of observables, put together from the parts of the other rooms.
import { filter, merge, mergeMap, takeUntil, type MonoTypeOperatorFunction, type Observable, type OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { Gates } from '../gates/gates.js'
import type { Stop } from '../stop/stops.js'
import type { Turns } from '../time/turns.js'
import type { Slots } from './slots.js'
import type { Starts } from './starts.js'

/** The stations of a run. */
export interface FlowParts {
  /** `run-started`, then what reaches the run from outside: a time limit, a signal. */
  readonly begun$: Observable<BatchEvent>
  /** Operations that arrive while the run goes on. */
  readonly arrived$: Observable<BatchEvent>
  /** Lets operations arrive as long as it is subscribed to. */
  readonly source$: Observable<never>
  readonly stop$: Observable<Stop>
  readonly turns: Turns
  readonly gates: Gates
  readonly starts: Starts
  readonly slots: Slots
  /** Most slots there can be; Infinity when the limit changes while the run goes on, and the ready queue alone holds it. */
  readonly concurrency: number
  readonly endWaiting: OperatorFunction<Stop, BatchEvent>
  readonly openGates: OperatorFunction<number, BatchEvent>
  readonly finish: OperatorFunction<void, BatchEvent>
  /** `run-finished` has been delivered. */
  readonly finished$: Observable<void>
  readonly inOrder: MonoTypeOperatorFunction<BatchEvent>
  readonly redactEvents: MonoTypeOperatorFunction<BatchEvent>
  /** Only where the run has a journal. */
  readonly journalled: MonoTypeOperatorFunction<BatchEvent> | undefined
}

/**
 * A run:
 *
 *     ended ──▶ gates ──▶ ready queue ──▶ mergeMap(slot, concurrency) ──▶ events
 *       ▲     (subject)                              │
 *       └────────────────────────────────────────────┘
 *
 * Errors with a defect of this library. Unsubscribing reaches each slot, which aborts its attempt.
 */
export function flow(run: FlowParts): Observable<BatchEvent> {
  const { stop$, turns, gates, starts, slots, concurrency } = run

  const stopped$ = stop$.pipe(run.endWaiting)
  const ready$ = gates.pipe(run.openGates)

  // What only coordinates others holds no slot: with a single slot it would wait for itself.
  const coordinated$ = starts.coordinators$.pipe(mergeMap(slots.open))
  const attempted$ = starts.operations$.pipe(
    filter((index) => !slots.resume(index)),
    mergeMap(slots.open, concurrency),
  )

  // Last: a turn in which the last attempts ended at once is the last turn.
  const ended$ = turns.over$.pipe(run.finish)

  const events$ = merge(stopped$, run.arrived$, run.begun$, ready$, coordinated$, attempted$, ended$, run.source$).pipe(
    run.inOrder,
    takeUntil(run.finished$),
    run.redactEvents,
  )
  return run.journalled === undefined ? events$ : events$.pipe(run.journalled)
}
