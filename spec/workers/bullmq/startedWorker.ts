import { bullmqWorker, type BullmqWorkerOptions, type WorkerEvent } from '../../../src/workers/bullmq/worker/bullmqWorker.js'

/** A worker that takes from the queue. */
export interface StartedWorker {
  readonly told: readonly WorkerEvent[]
  /** Resolves once it is so: it is looked at whenever the worker tells something. */
  until(isSo: () => boolean): Promise<void>
  /** Why it refused what it refused, in order. */
  refusals(): readonly string[]
  /** Lets it end what it performs, and waits for its end. */
  stop(): Promise<void>
}

export async function startedWorker(options: Omit<BullmqWorkerOptions, 'signal'>): Promise<StartedWorker> {
  const told: WorkerEvent[] = []
  let heard = (): void => undefined
  const stop = new AbortController()
  const ended = new Promise<void>((resolve, reject) => {
    bullmqWorker({ ...options, signal: stop.signal }).subscribe({
      next(event) {
        told.push(event)
        heard()
      },
      error: reject,
      complete: () => resolve(),
    })
  })
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise<void>((resolve) => (heard = resolve))
  }
  await until(() => told.length > 0)
  return {
    told,
    until,
    refusals: () => told.flatMap((event) => (event.type === 'job-refused' ? [event.reason] : [])),
    stop() {
      stop.abort()
      return ended
    },
  }
}
