// engine/gates: what waits for what, and what later operations may ask of earlier ones.
import { Observable, type Observer, type Subscriber } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { Dependencies, EndStatus, RootCauses } from './dependencies.js'

/** An operation has ended, and its event has been delivered. */
export interface Ended {
  readonly index: number
  readonly operation: CompiledOperation
  readonly status: EndStatus
  readonly because: RootCauses
  readonly outcome: Outcome
}

/** The gates of a run, a subject: operations that have ended go in, those whose dependencies have all ended come out. */
export interface Gates extends Observable<number>, Pick<Observer<Ended>, 'next'> {
  /** Gives out those that are open now. */
  open(): void
}

/**
 * Not a subject a gate: a plan of a million operations has three million edges, so nobody subscribes to anybody, and a gate is a
 * countdown of four bytes. An operation that ends while another is given out is counted at once and followed up after it: a chain of
 * skipped operations needs no stack.
 */
export function gates(dependencies: Dependencies, operations: OperationTable): Gates {
  return new CountdownGates(dependencies, operations)
}

class CountdownGates extends Observable<number> implements Gates {
  private opened: Subscriber<number> | undefined
  private opening = false

  constructor(
    private readonly dependencies: Dependencies,
    private readonly operations: OperationTable,
  ) {
    super((subscriber) => {
      this.opened = subscriber
      this.open()
    })
  }

  next({ index, operation, status, because, outcome }: Ended): void {
    this.dependencies.ended(index, operation, status, because, outcome)
    this.operations.remove(index)
  }

  open(): void {
    const { opened, dependencies } = this
    if (this.opening || opened === undefined) return
    this.opening = true
    for (let index = dependencies.nextOpen(); index !== -1; index = opened.closed ? -1 : dependencies.nextOpen()) opened.next(index)
    this.opening = false
  }
}
