import { Subject, take } from 'rxjs'

/** Whether a reader of a run is behind. While one is, no attempt starts, and operations may pause what they read. */
export interface Backpressure {
  readonly isBehind: () => boolean
  /** The reader has caught up. */
  readonly caughtUp$: Subject<void>
  hold(): void
  release(): void
  /** Resolves when the reader has caught up; undefined when it is not behind. */
  room(): Promise<void> | undefined
}

export function backpressure(): Backpressure {
  const caughtUp$ = new Subject<void>()
  let isBehind = false
  return {
    isBehind: () => isBehind,
    caughtUp$,
    hold: () => void (isBehind = true),
    release() {
      if (!isBehind) return
      isBehind = false
      caughtUp$.next()
    },
    room: () => (isBehind ? new Promise((resolve) => caughtUp$.pipe(take(1)).subscribe(resolve)) : undefined),
  }
}
