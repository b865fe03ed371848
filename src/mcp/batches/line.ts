/** A place among batches of which only so many run at once. */
export interface PlaceInLine {
  /** Batches that wait before it; 0 once it runs. */
  readonly before: () => number
  /** Calls `start` when its turn has come, at once if there is room, or when it is stopped: then it only has its end to tell. */
  readonly take: (start: () => void, stop: AbortSignal) => void
  /** Lets the next one in. */
  readonly end: () => void
}

/** Lets at most so many batches run at once; the others wait in the order in which they came. */
export function waitingLine(most: number): () => PlaceInLine {
  const waiting = new Set<() => void>()
  let running = 0
  return () => {
    let begin: (() => void) | undefined
    return {
      before: () => (begin === undefined ? 0 : [...waiting].indexOf(begin)),
      take(start, stop) {
        const started = (): void => {
          if (begin !== undefined) waiting.delete(begin)
          begin = undefined
          stop.removeEventListener('abort', started)
          running++
          start()
        }
        if (running < most || stop.aborted) return started()
        begin = started
        waiting.add(started)
        stop.addEventListener('abort', started, { once: true })
      },
      end() {
        running--
        const [next] = waiting
        if (running < most) next?.()
      },
    }
  }
}
