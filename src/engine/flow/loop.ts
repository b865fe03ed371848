/** Drives a run step by step. */
export interface Loop {
  /** Goes on as far as it can, unless it is at it already. */
  drain(): void
  /**
   * Between the two the loop stands still: whoever hears what is told meanwhile may ask for it, and would find half a step. Gives
   * whether this is the outermost of such pairs, which `leave` has to know.
   */
  enter(): boolean
  leave(isOutermost: boolean): void
}

/** What a loop does. */
export interface LoopWork {
  /** One step; false when there is nothing to do for now. */
  readonly step: () => boolean
  /** There is nothing to do for now. */
  readonly idle: () => void
  readonly over: () => boolean
  /** Something threw that never should: an error of this library. */
  readonly defect: (thrown: unknown) => void
}

/**
 * Whatever ends, also synchronously within a step, only notes what it changed and asks for the loop, which is running already in that
 * case: so a chain of 100,000 synchronous operations needs no stack.
 */
export function loop({ step, idle, over, defect }: LoopWork): Loop {
  let busy = false
  const drain = (): void => {
    if (busy || over()) return
    busy = true
    try {
      while (!over() && step());
      busy = false
      if (!over()) idle()
    } catch (thrown) {
      defect(thrown)
    }
  }
  return {
    drain,
    enter() {
      const isOutermost = !busy
      busy = true
      return isOutermost
    },
    leave(isOutermost) {
      if (!isOutermost) return
      busy = false
      drain()
    },
  }
}
