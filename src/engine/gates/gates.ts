// engine/gates: what waits for what, and what later operations may ask of earlier ones.
import { Observable, type Observer, type Subscriber } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { Dependencies, EndStatus, RootCauses } from './dependencies.js'
import type { LostService, ServiceNeeds } from './serviceNeeds.js'

/** An operation has ended, and its event has been delivered. */
export interface Ended {
  readonly index: number
  readonly operation: CompiledOperation
  readonly status: EndStatus
  readonly because: RootCauses
  readonly outcome: Outcome
}

/** What becomes of services when others end. */
export interface ServiceEnds {
  /** It is needed no more. */
  end(index: number): void
  /** It has ended too early. */
  lose(lost: LostService): void
}

/** The gates of a run, a subject: operations that have ended go in, those whose dependencies have all ended come out. */
export interface Gates extends Observable<number>, Pick<Observer<Ended>, 'next'> {
  /** Makes a service ready. */
  ready(index: number, value: unknown): void
  /** Gives out those that are open now, and ends the services that nobody needs. */
  open(): void
}

/**
 * Not a subject a gate: a plan of a million operations has three million edges, so nobody subscribes to anybody, and a gate is a
 * countdown of four bytes. An operation that ends while another is given out is counted at once and followed up after it: a chain of
 * skipped operations needs no stack.
 */
export function gates(dependencies: Dependencies, operations: OperationTable, services: ServiceEnds): Gates {
  return new CountdownGates(dependencies, operations, services)
}

class CountdownGates extends Observable<number> implements Gates {
  private opened: Subscriber<number> | undefined
  private opening = false

  constructor(
    private readonly dependencies: Dependencies,
    private readonly operations: OperationTable,
    private readonly services: ServiceEnds,
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

  ready(index: number, value: unknown): void {
    this.dependencies.ready(index, value)
  }

  open(): void {
    const { opened, dependencies } = this
    if (this.opening || opened === undefined) return
    this.opening = true
    const { services } = dependencies
    for (let more = true; more && !opened.closed;) {
      // Before others open: what depends on a lost service must not become ready.
      if (services !== undefined) this.loseServices(services)
      const index = dependencies.nextOpen()
      if (index !== -1) opened.next(index)
      else more = services !== undefined && this.endService(services)
    }
    this.opening = false
  }

  private loseServices(services: ServiceNeeds): void {
    for (let lost = services.nextLost(); lost !== undefined; lost = services.nextLost()) this.services.lose(lost)
  }

  /** Ends one that is needed no more, which may open other gates; false when there is none. */
  private endService(services: ServiceNeeds): boolean {
    const index = services.nextUnneeded()
    if (index !== -1) this.services.end(index)
    return index !== -1
  }
}
