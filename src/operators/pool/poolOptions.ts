import type { Observable, SchedulerLike } from 'rxjs'
import { planLimits } from '../../model/limits.js'
import { optionFaults, type Fields } from '../../model/options/checkOptions.js'
import {
  aboveZero,
  aFunction,
  flag,
  hasFields,
  isObservable,
  kind,
  required,
  scheduler as schedulerKind,
  signal as signalKind,
  wholeNumber,
  type ArgumentKind,
} from '../../model/options/kinds.js'
import type { PoolLimit, Priority } from '../../model/plan.js'

/** The limits of a `mergeMapPool`. */
export interface MergeMapPoolOptions<A> {
  /** Most slots taken at once: a number, or an Observable of numbers to change it in flight; 0 pauses. */
  readonly concurrency: number | Observable<number>
  /** Which waiting value gets a free slot first. Default: `medium` for all, in the order they came. */
  readonly priority?: (value: A) => Priority
  /** The slots a value takes. Default 1. */
  readonly weight?: (value: A) => number
  /** The pool whose limits also apply to a value; `undefined` for none. */
  readonly pool?: (value: A) => string | undefined
  /** The limits of the pools by name: a number of slots, or `{ limit, perSecond, burst }`. */
  readonly pools?: Readonly<Record<string, number | PoolLimit>>
  /** Emits results in the order of the source values. Default: as they come. */
  readonly inOrder?: boolean
  /** Ends the stream with an error when it is aborted. */
  readonly signal?: AbortSignal
  /** Where the time of pools with `perSecond` comes from. Default: asynchronous timers. */
  readonly scheduler?: SchedulerLike
}

const slots = wholeNumber(1, planLimits.operations)
const limitFields = { limit: slots, perSecond: aboveZero('the starts a second'), burst: slots }
const aLimit = kind('a number of slots, or { limit, perSecond, burst }', hasFields)

/** The limits of pools by their names: so many slots each, or `{ limit, perSecond, burst }`. */
const poolLimits: ArgumentKind = {
  faults(value, at) {
    if (!hasFields(value)) return [{ type: 'wrong-option', at, expected: 'limits by the names of pools, { api: 2 }', received: value }]
    return Object.entries(value).flatMap(([name, limit]) => {
      const place = [...at, name]
      if (typeof limit === 'number') return slots.faults(limit, place)
      return hasFields(limit) ? optionFaults(limit, limitFields, place) : aLimit.faults(limit, place)
    })
  },
}

/** What each option of a `mergeMapPool` has to be. */
export const mergeMapPoolFields = {
  concurrency: required(
    kind(
      'a whole number of at least 1, Infinity, or an Observable of numbers',
      (value) => isObservable(value) || value === Infinity || (Number.isSafeInteger(value) && (value as number) >= 1),
    ),
    'The most that run at once, such as { concurrency: 6 }.',
  ),
  priority: aFunction,
  weight: aFunction,
  pool: aFunction,
  pools: poolLimits,
  inOrder: flag,
  signal: signalKind,
  scheduler: schedulerKind,
} satisfies Fields<MergeMapPoolOptions<unknown>>
