import type { OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { EventOutput } from '../events/eventWriter.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { ReadyQueue } from '../ready/readyQueue.js'
import type { Stop, Stops } from '../stop/stops.js'
import { into } from '../stream/into.js'
import type { Retries } from './retries.js'
import type { Settlement } from './settlement.js'

export interface EndWaitingParts {
  readonly operations: OperationTable
  readonly queue: ReadyQueue
  readonly retries: Retries
  readonly stops: Stops
  readonly settle: Settlement
  readonly stoppedParent: (index: number) => string | undefined
  /** Nothing more is taken from the source of operations. */
  readonly stopSource: () => void
}

/** A stop ends the operations that wait for a slot, or for their next attempt. Those that run hear of it in their slots. */
export function endWaiting(parts: EndWaitingParts): OperatorFunction<Stop, BatchEvent> {
  return into(({ stopped }, out) => {
    switch (stopped.type) {
      case 'run':
        return endWaitingOfRun(parts, out)
      case 'children':
        return endWaitingChildren(parts, stopped.indexes, out)
      case 'dependents':
        return endWaitingDependents(parts, stopped.indexes, stopped.service, out)
    }
  })
}

// A subscriber that hears of an end may stop the run in a stronger way: each operation goes by what holds when its turn comes.
function endWaitingOfRun({ operations, queue, retries, stops, settle, stopSource }: EndWaitingParts, out: EventOutput): void {
  stopSource()
  for (const index of queue.clear()) {
    const operation = operations.get(index)
    const stop = stops.of(operation)
    if (stop === undefined) queue.add(index, operation, operations.order(index))
    else settle.unstarted(out, index, operation, stop)
  }
  for (const index of retries.allWaiting()) {
    const past = retries.waiting(index)
    if (past === undefined) continue
    const operation = operations.get(index)
    const stop = stops.of(operation)
    if (stop !== undefined) settle.stopRetry(out, index, operation, past, stop)
  }
}

function endWaitingChildren(
  { operations, queue, retries, settle, stoppedParent }: EndWaitingParts,
  children: ReadonlySet<number>,
  out: EventOutput,
): void {
  const retried = [...children].filter((index) => retries.waiting(index) !== undefined)
  const end = (index: number): void => {
    const parent = stoppedParent(index)
    if (parent !== undefined) settle.orphaned(out, index, operations.get(index), { type: 'parent', id: parent })
  }
  for (const index of queue.drop(children)) end(index)
  for (const index of retried) if (retries.waiting(index) !== undefined) end(index)
}

function endWaitingDependents(
  { operations, queue, retries, settle }: EndWaitingParts,
  dependents: ReadonlySet<number>,
  service: string,
  out: EventOutput,
): void {
  const retried = [...dependents].filter((index) => retries.waiting(index) !== undefined)
  for (const index of queue.drop(dependents)) settle.lost(out, index, operations.get(index), service)
  for (const index of retried) if (retries.waiting(index) !== undefined) settle.lost(out, index, operations.get(index), service)
}
