// engine/stop: what stops a run, how far each cause stops it, and who hears of it.
import { Subject } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import type { CancelCause } from '../../model/outcome.js'
import type { StopCause } from '../../model/summary.js'
import type { Turns } from '../time/turns.js'
import { cancelCauseOf, spares, strongerStop } from './stopRules.js'

/** Something has been stopped: the run, or the children of one operation. */
export interface Stop {
  /** Indexes of the operations that it may stop; undefined for all of the run. */
  readonly children: ReadonlySet<number> | undefined
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
  /** What a signal or the time limit stopped has had its time to clean up. */
  endCleanUp(): void
  /** Every operation has ended: there is nothing left to stop. */
  end(): void
}

/** `cleanUp`: whether what cleans up may run after a signal or the time limit. */
export function stops(turns: Turns, cleanUp: boolean): Stops {
  const stop$ = new Subject<Stop>()
  let current: StopCause | undefined
  let over = false
  let mayCleanUp = cleanUp

  const of = (operation: CompiledOperation): StopCause | undefined =>
    current === undefined || spares(current, operation.when, mayCleanUp) ? undefined : current

  // Whoever hears of an end may stop the run in a stronger way: each operation goes by what holds when its turn comes.
  const ofRun: Stop = {
    children: undefined,
    cancelCause(_index, operation) {
      const cause = of(operation)
      return cause && cancelCauseOf(cause)
    },
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
      turns.take(() => stop$.next({ children, cancelCause: (index) => (children.has(index) ? cause : undefined) }))
    },
    end: () => void (over = true),
  }
}
