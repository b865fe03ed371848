// engine/time: turns, clocks, timers and chance, all from the scheduler and the seed of a run.
import { Observable, type Subscriber } from 'rxjs'

/**
 * Whatever reaches a run from outside (a body ends, a timer fires, a limit changes, a caller stops the run) is a turn. What it made
 * possible starts when the turn is over, never in the middle of it: a chain of 100,000 synchronous operations needs no stack.
 */
export interface Turns {
  /** The outermost turn is over: whatever may start is to start now. */
  readonly over$: Observable<void>
  readonly busy: boolean
  /** Nobody listens to the run any more: nothing starts, nothing is reported. */
  readonly closed: boolean
  /** Gives whether this is the outermost turn, which `leave` has to know. */
  enter(): boolean
  leave(isOutermost: boolean): void
  /** Leaves a turn in which nothing can have become possible, unless another one took place within it. */
  leaveQuietly(): void
  /** Does something as a turn. What it throws is a defect of this library, which ends the run. */
  readonly take: (work: () => void) => void
  /** A turn in which nothing happens: what waits is looked at again. */
  readonly wake: () => void
  readonly close: () => void
}

export function turns(defect: (thrown: unknown) => void): Turns {
  // Not a `Subject`, which copies its list of observers each time: these listen from the beginning of the run to its end.
  const listeners: Subscriber<void>[] = []
  let hadInner = false

  const state: Turns & { busy: boolean; closed: boolean } = {
    over$: new Observable((listener) => void listeners.push(listener)),
    busy: false,
    closed: false,
    enter() {
      const isOutermost = !state.busy
      state.busy = true
      return isOutermost
    },
    leave(isOutermost) {
      if (!isOutermost) {
        hadInner = true
        return
      }
      hadInner = false
      // Still within the turn: what happens meanwhile is seen before this returns.
      for (const listener of listeners) if (!listener.closed) listener.next()
      state.busy = false
    },
    leaveQuietly() {
      if (hadInner) state.leave(true)
      else state.busy = false
    },
    take(work) {
      const isOutermost = state.enter()
      try {
        work()
      } catch (thrown) {
        defect(thrown)
      }
      state.leave(isOutermost)
    },
    wake: () => state.leave(state.enter()),
    close: () => void (state.closed = true),
  }
  return state
}
