import { asyncScheduler, type Subscription } from 'rxjs'
import { shellWord } from '../../../model/fault/shellWord.js'
import type { OperationError } from '../../../model/operationError.js'
import type { Inbox } from '../wire/inbox.js'
import type { Timing } from '../wire/timing.js'
import type { Outstanding } from './outstanding.js'

/** What a sweep looks at, and what it does about what it finds. */
export interface SweepParts {
  readonly times: Timing
  readonly attempts: ReadonlyMap<string, Outstanding>
  readonly inbox: Inbox
  /** Whether a worker has its inbox. */
  readonly isThere: (inbox: string) => Promise<boolean>
  /** What the queue says of an attempt. */
  readonly stateOf: (found: Outstanding) => Promise<string>
  readonly workersAt: (place: string) => Promise<number>
  readonly isReachable: () => boolean
  readonly enqueue: (found: Outstanding) => Promise<void>
  readonly keepLocks: () => Promise<void>
  /** Says again what a worker may not have heard, and asks for what it may have said. */
  readonly remind: (found: Outstanding) => void
  readonly lost: (found: Outstanding) => void
  readonly refuse: (found: Outstanding, error: OperationError) => void
  readonly queueError: (message: string, found: Outstanding) => OperationError
}

/**
 * Looks again and again for attempts that nothing more is heard of: of workers that are gone, of jobs that Redis has lost. Nothing
 * is taken for lost before all that came in has been heard.
 */
export function sweeper(parts: SweepParts): { readonly begin: () => void; readonly end: () => void } {
  const { times, attempts, inbox } = parts
  let timer: Subscription | undefined
  let sweeping = false
  let reachableAt = Date.now()
  /** Since when a place has had no worker. */
  const deserted = new Map<string, number>()

  const goneWorkers = async (): Promise<readonly Outstanding[]> => {
    const found = [...attempts.values()].filter(({ where }) => where.type === 'placed')
    const inboxes = new Set(found.map(({ where }) => (where.type === 'placed' ? where.inbox : '')))
    const there = new Map(await Promise.all([...inboxes].map(async (name) => [name, await parts.isThere(name)] as const)))
    return found.filter(({ where }) => where.type === 'placed' && there.get(where.inbox) === false)
  }

  const lostJobs = async (waiting: readonly Outstanding[]): Promise<readonly Outstanding[]> => {
    const states = await Promise.all(waiting.map((found) => parts.stateOf(found)))
    return waiting.filter((_, place) => ['unknown', 'completed', 'failed'].includes(states[place]!))
  }

  const refuseDeserted = async (waiting: readonly Outstanding[]): Promise<void> => {
    const places = new Set(waiting.map(({ place }) => place))
    for (const place of deserted.keys()) if (!places.has(place)) deserted.delete(place)
    for (const place of places) {
      if ((await parts.workersAt(place)) > 0) deserted.delete(place)
      else if (!deserted.has(place)) deserted.set(place, Date.now())
      else if (Date.now() - deserted.get(place)! >= times.noWorkerMs)
        for (const found of waiting)
          if (found.place === place && found.where.type === 'queued') parts.refuse(found, noWorker(place, times.noWorkerMs))
    }
  }

  const look = async (): Promise<void> => {
    if (!(await inbox.keep(times.lockMs))) for (const found of attempts.values()) found.doubtful = true
    for (const found of attempts.values()) parts.remind(found)
    await parts.keepLocks()
    const old = Date.now() - times.sweepMs
    const waiting = [...attempts.values()].filter(({ where }) => where.type === 'queued' && where.since <= old)
    const suspects = [...(await goneWorkers()), ...(await lostJobs(waiting))]
    if (suspects.length > 0) {
      const before = new Map(suspects.map((found) => [found, found.where]))
      await inbox.drained()
      for (const [found, where] of before) {
        if (attempts.get(found.attempt.key) !== found || found.where !== where) continue
        // Nobody was allowed to begin it: it goes into the queue again, and that is no further attempt.
        if (where.type === 'queued') await parts.enqueue(found)
        else parts.lost(found)
      }
    }
    await refuseDeserted(waiting)
  }

  const sweep = async (): Promise<void> => {
    if (parts.isReachable()) reachableAt = Date.now()
    else if (Date.now() - reachableAt >= times.unreachableMs) {
      const message = `Redis has been out of reach for ${times.unreachableMs / 1_000} s.`
      for (const found of attempts.values()) parts.refuse(found, parts.queueError(message, found))
    }
    // The one before waits for Redis.
    if (sweeping) return
    sweeping = true
    // What it could not ask is asked by the next one.
    await look().catch(() => undefined)
    sweeping = false
  }

  return {
    begin() {
      if (timer !== undefined) return
      timer = asyncScheduler.schedule(function () {
        void sweep()
        this.schedule(undefined, times.sweepMs)
      }, times.sweepMs)
    },
    end: () => timer?.unsubscribe(),
  }
}

function noWorker(place: string, waitedMs: number): OperationError {
  const name = place === 'any' ? '' : ` --place ${shellWord(place)}`
  const message = `No worker for the place "${place}" has connected for ${waitedMs / 1_000} s.\nStart one: millrace worker redis://HOST${name}`
  return { type: 'no-worker', message, retryable: true, place }
}
