// engine/stop: what stops a run, how far each cause stops it, and who hears of it.
import { Subject } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import type { CancelCause } from '../../model/outcome.js'
import type { StopCause } from '../../model/summary.js'
import type { Turns } from '../time/turns.js'
import { cancelCauseOf, isCleanUp, spares, strongerStop } from './stopRules.js'

/** What has been stopped, with the indexes of the operations that this may stop where it is not the run. */
export type Stopped =
  | { readonly type: 'run' }
  | { readonly type: 'children'; readonly indexes: ReadonlySet<number> }
  /** What depends on a service that has ended too early. */
  | { readonly type: 'dependents'; readonly indexes: ReadonlySet<number>; readonly service: string }

/** Something has been stopped. */
export interface Stop {
  readonly stopped: Stopped
  /** Why this operation, which is running, is to be cancelled; undefined when it goes on. */
  cancelCause(index: number, operation: CompiledOperation): CancelCause | undefined
}

/** What has stopped a run, and the subject by which its slots, its ready queue and its retries hear of it. */
export interface Stops {
  readonly stop$: Subject<Stop>
  /** What has stopped the run, if anything. */
  readonly current: () => StopCause | undefined
  /** What keeps this operation from starting, if anything. */
  of(operation: CompiledOperation): StopCause | undefined
  /** Stops the run, as far as the cause stops it. A stop that stops no more than the one before changes nothing. */
  run(cause: StopCause): void
  /** Stops the children of an operation that was told to end. */
  childrenOf(id: string, children: ReadonlySet<number>): void
  /** Stops operations that depend on a service which has ended too early. */
  dependentsOf(service: string, dependents: ReadonlySet<number>): void
  /** What a signal or the time limit stopped has had its time to clean up. */
  endCleanUp(): void
  /** Every operation has ended: there is nothing left to stop. */
  end(): void
}

export interface StopSettings {
  /** Whether what cleans up may run after a signal or the time limit. */
  readonly cleanUp: boolean
  /** Whether an operation is a part of cleaning up though it does not look so by itself. */
  readonly servesCleanUp: (operation: CompiledOperation) => boolean
}

export function stops(turns: Turns, { cleanUp, servesCleanUp }: StopSettings): Stops {
  const stop$ = new Subject<Stop>()
  let current: StopCause | undefined
  let over = false
  let mayCleanUp = cleanUp

  const of = (operation: CompiledOperation): StopCause | undefined =>
    current === undefined || spares(current, isCleanUp(operation.when) || servesCleanUp(operation), mayCleanUp) ? undefined : current

  const ofRunning = (operation: CompiledOperation): CancelCause | undefined => {
    const cause = of(operation)
    return cause && cancelCauseOf(cause)
  }

  // Whoever hears of an end may stop the run in a stronger way: each operation goes by what holds when its turn comes.
  const ofRun: Stop = {
    stopped: { type: 'run' },
    cancelCause: (_index, operation) => ofRunning(operation),
  }

  return {
    stop$,
    current: () => current,
    of,
    run(cause) {
      if (turns.closed || over || strongerStop(current, cause) !== cause) return
      current = cause
      turns.take(() => stop$.next(ofRun))
    },
    endCleanUp() {
      if (turns.closed || over || !mayCleanUp) return
      mayCleanUp = false
      turns.take(() => stop$.next(ofRun))
    },
    childrenOf(id, children) {
      const cause: CancelCause = { type: 'parent', id }
      turns.take(() =>
        stop$.next({ stopped: { type: 'children', indexes: children }, cancelCause: (index) => (children.has(index) ? cause : undefined) }),
      )
    },
    dependentsOf(service, dependents) {
      const cause: CancelCause = { type: 'service', id: service }
      // Where the service ended because the run was stopped, that is the cause.
      const cancelCause: Stop['cancelCause'] = (index, operation) => (dependents.has(index) ? (ofRunning(operation) ?? cause) : undefined)
      turns.take(() => stop$.next({ stopped: { type: 'dependents', indexes: dependents, service }, cancelCause }))
    },
    end: () => void (over = true),
  }
}
