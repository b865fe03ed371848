import type { AttemptContext } from '../model/work.js'

/** Waits for a reader of the run that is behind, but not beyond the abort of the attempt; undefined when there is nothing to wait for. */
export function untilRoom({ room, signal }: Pick<AttemptContext, 'room' | 'signal'>): Promise<void> | undefined {
  const behind = room()
  if (behind === undefined || signal.aborted) return undefined
  return new Promise((resolve) => {
    const go = (): void => {
      signal.removeEventListener('abort', go)
      resolve()
    }
    signal.addEventListener('abort', go, { once: true })
    void behind.then(go, go)
  })
}
