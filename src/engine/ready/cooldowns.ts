import type { SchedulerLike, Subscription } from 'rxjs'
import type { OperationError } from '../../model/operationError.js'
import { Lane } from './lane.js'
import type { Demand } from './readyQueue.js'

/** How often a server may send one operation away before that counts as a failed attempt. */
const mostRefusals = 10
/** A longer wait than this, in ms, is a failure: nobody expects a run to stand still for it. */
const longestWaitMs = 10 * 60_000
/** Once so many were let in at once, nothing is held back any more. */
const fullyOpen = 64

/** What a server asked for when it refused an attempt. */
export interface AskedToWait {
  /** When the operation may be tried again, on the clock of the run. */
  readonly until: number
  /** The pool that was closed until then, when it was not already. */
  readonly closed: string | undefined
}

/** The wait that an error asks for, in ms: what a server says by answering 429 or 503 with `Retry-After`. */
export function waitAskedFor(error: OperationError): number | undefined {
  return error.type === 'http-status' && (error.status === 429 || error.status === 503) ? error.retryAfterMs : undefined
}

/**
 * Pools that were closed for a while, because an attempt was refused with a wait: the pool an operation names, or else the origin it
 * asks. Until then none of its operations starts; afterwards one does, and with each that is not refused one more at once.
 */
export interface Cooldowns {
  /** Whether the operation may start now. One that may not is kept here, and given to `again` when it may. */
  admits(index: number, operation: Demand): boolean
  /** Its attempt was refused, with a wait in ms; undefined when there is none, or one that counts like any failure. */
  refused(index: number, operation: Demand, waitMs: number | undefined): AskedToWait | undefined
  /** Its attempt has ended otherwise. */
  left(index: number, operation: Demand): void
  /** Gives up those kept here, all or these. */
  drop(indexes?: ReadonlySet<number>): readonly number[]
  /** Clears the timers. */
  readonly clear: () => void
}

export interface CooldownParts {
  readonly scheduler: SchedulerLike
  readonly now: () => number
  /** Its place in submission order. */
  readonly order: (index: number) => number
  readonly again: (index: number) => void
}

interface Cooldown {
  until: number
  /** How many may run at once. */
  allowance: number
  readonly running: Set<number>
  /** Those that would have started. */
  readonly kept: Lane
  timer: Subscription | undefined
}

export function cooldowns({ scheduler, now, order, again }: CooldownParts): Cooldowns {
  const byPool = new Map<string, Cooldown>()
  const refusals = new Map<number, number>()

  const poolOf = ({ pool, origin }: Demand): string | undefined => pool ?? origin
  const of = (operation: Demand): Cooldown | undefined => {
    if (byPool.size === 0) return undefined
    const pool = poolOf(operation)
    return pool === undefined ? undefined : byPool.get(pool)
  }

  const letIn = ({ until, kept, allowance, running }: Cooldown): void => {
    if (now() < until) return
    for (let room = allowance - running.size; room > 0 && kept.best < Infinity; room--) again(kept.take())
  }

  const close = (pool: string, until: number): boolean => {
    let cooldown = byPool.get(pool)
    if (cooldown === undefined) {
      cooldown = { until: -Infinity, allowance: 1, running: new Set(), kept: new Lane(1, pool), timer: undefined }
      byPool.set(pool, cooldown)
    }
    cooldown.allowance = 1
    // A little sooner or later is the same wait, told by another answer.
    if (until <= cooldown.until) return false
    const isNew = now() >= cooldown.until
    const closed = cooldown
    closed.until = until
    closed.timer?.unsubscribe()
    closed.timer = scheduler.schedule(() => {
      // A timer may fire a moment before its time by the clock of the run.
      closed.until = Math.min(closed.until, now())
      letIn(closed)
    }, until - now())
    return isNew
  }

  return {
    admits(index, operation) {
      const cooldown = of(operation)
      if (cooldown === undefined) return true
      if (now() >= cooldown.until && cooldown.running.size < cooldown.allowance) {
        cooldown.running.add(index)
        return true
      }
      cooldown.kept.add(index, operation.priority, order(index))
      return false
    },
    refused(index, operation, waitMs) {
      if (waitMs === undefined) return undefined
      const before = refusals.get(index) ?? 0
      // A wait that is no number is none.
      if (!(waitMs >= 0 && waitMs <= longestWaitMs) || before >= mostRefusals) return undefined
      refusals.set(index, before + 1)
      of(operation)?.running.delete(index)
      const pool = poolOf(operation)
      const until = now() + waitMs
      if (pool === undefined) return { until, closed: undefined }
      const closed = close(pool, until) ? pool : undefined
      return { until: byPool.get(pool)?.until ?? until, closed }
    },
    left(index, operation) {
      if (refusals.size > 0) refusals.delete(index)
      const cooldown = of(operation)
      if (cooldown === undefined || !cooldown.running.delete(index)) return
      // One more for each: as many again in the time of one answer, as TCP begins.
      cooldown.allowance += 1
      if (cooldown.allowance >= fullyOpen) {
        byPool.delete(poolOf(operation)!)
        cooldown.allowance = Infinity
      }
      letIn(cooldown)
    },
    drop(indexes) {
      return [...byPool.values()].flatMap(({ kept }) => kept.drop(indexes))
    },
    clear() {
      for (const { timer } of byPool.values()) timer?.unsubscribe()
    },
  }
}
