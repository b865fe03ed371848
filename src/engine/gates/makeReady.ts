import type { CompiledOperation } from '../../model/graph.js'
import type { CancelCause } from '../../model/outcome.js'
import type { StopCause } from '../../model/summary.js'
import type { EventOutput, EventWriter } from '../events/eventWriter.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { ReadyQueue } from '../ready/readyQueue.js'
import type { Stops } from '../stop/stops.js'

/** An operation waits only for a slot now, unless the run or its parent has been stopped. */
export type MakeReady = (out: EventOutput, index: number, operation: CompiledOperation) => void

/** How an operation ends that a stop keeps from starting. */
export interface EndsUnstarted {
  unstarted(out: EventOutput, index: number, operation: CompiledOperation, stop: StopCause): void
  orphaned(out: EventOutput, index: number, operation: CompiledOperation, cause: CancelCause): void
  lost(out: EventOutput, index: number, operation: CompiledOperation, service: string): void
}

export interface ReadyParts {
  readonly now: () => number
  readonly operations: OperationTable
  readonly queue: ReadyQueue
  readonly write: EventWriter
  readonly stops: Stops
  /** The id of its parent, when that has been stopped. */
  readonly stoppedParent: (index: number) => string | undefined
  /** The id of a service that it depends on, when that has ended too early. */
  readonly lostService: (index: number) => string | undefined
  readonly end: EndsUnstarted
}

export function readiness({ now, operations, queue, write, stops, stoppedParent, lostService, end }: ReadyParts): MakeReady {
  return (out, index, operation) => {
    const before = stops.of(operation)
    if (before !== undefined) return end.unstarted(out, index, operation, before)
    const at = now()
    operations.setReadyAt(index, at)
    write.ready(out, at, index, operation)
    // A subscriber that heard of it may have stopped the run, its parent, or a service.
    const parent = stoppedParent(index)
    if (parent !== undefined) return end.orphaned(out, index, operation, { type: 'parent', id: parent })
    const stop = stops.of(operation)
    if (stop !== undefined) return end.unstarted(out, index, operation, stop)
    const service = lostService(index)
    if (service !== undefined) return end.lost(out, index, operation, service)
    queue.add(index, operation, operations.order(index))
  }
}
