import { type Blame, type Facts, type OperationFacts, isAlive } from './checkerFacts.js'
import type { PoolData } from './checkerTranscript.js'
import type { Understood } from './checkerPlan.js'

/** Slots that are taken now, in all or of one pool: until the end of the attempt was told, and until its body has really ended. */
export function used({ operations }: Facts, pool?: string): number {
  let sum = 0
  for (const operation of operations.values())
    if ((operation.phase === 'running' || isAlive(operation)) && (pool === undefined || operation.understood.pool === pool))
      sum += operation.understood.weight
  return sum
}

function fits(facts: Facts, operation: OperationFacts): boolean {
  const { weight, pool } = operation.understood
  // One that takes no slot waits for nothing but a run that is not paused.
  if (weight === 0) return facts.limit > 0
  return used(facts) + weight <= facts.limit && hasRoom(facts, pool, weight)
}

function poolOf({ plan }: Facts, pool: string | undefined): PoolData {
  const found = pool === undefined ? undefined : new Map(Object.entries(plan.pools ?? {})).get(pool)
  return typeof found === 'number' ? { limit: found } : (found ?? {})
}

/** Whether its pool may start one more by its rate: a bucket of `burst` that is filled drop by drop. */
function isInTime(facts: Facts, { understood: { weight, pool } }: OperationFacts, at: number): boolean {
  const { perSecond, burst = 1 } = poolOf(facts, pool)
  if (perSecond === undefined || weight === 0 || pool === undefined) return true
  let [left, since] = [burst, -Infinity]
  for (const start of facts.poolStarts.get(pool) ?? []) {
    left = Math.min(burst, left + ((start - since) * perSecond) / 1_000) - 1
    since = start
  }
  return Math.min(burst, left + ((at - since) * perSecond) / 1_000) >= 1 - 1e-9
}

function hasRoom(facts: Facts, pool: string | undefined, weight: number): boolean {
  const { limit } = poolOf(facts, pool)
  return limit === undefined || used(facts, pool) + weight <= limit
}

/** Whether it waits for nothing but a slot: surely, or as far as can be known. */
type Surely = 'surely' | 'maybe'

function waitsForSlot({ phase, retryNoticed, retryDueAt }: OperationFacts, how: Surely, at: number): boolean {
  return phase === 'ready' || (phase === 'retrying' && (retryNoticed || (how === 'maybe' && retryDueAt <= at)))
}

function other(how: Surely): Surely {
  return how === 'surely' ? 'maybe' : 'surely'
}

/** Those that go before an operation, do not fit, and were passed as often as may be. */
function passedTooOften(facts: Facts, { understood: { rank } }: OperationFacts, how: Surely, at: number): readonly Understood[] {
  return [...facts.operations.values()].flatMap((better) => {
    if (better.understood.rank >= rank || !isPassable(facts, better, how, at)) return []
    const passes = facts.passes.get(passKey(facts, better.understood))
    const count = how === 'maybe' ? passes?.most : passes?.least
    return (count ?? 0) >= facts.limit ? [better.understood] : []
  })
}

/** Whether slots, or those of its pool, are kept for a better one, so that this one may not have them. */
function isReservedFrom(facts: Facts, operation: OperationFacts, how: Surely, at: number): boolean {
  const { pool } = operation.understood
  return passedTooOften(facts, operation, how, at).some(
    (better) => hasRoom(facts, better.pool, better.weight) || (better.pool !== undefined && better.pool === pool),
  )
}

/** Whether it may be passed by smaller ones now, since it does not fit. One whose pool is kept for another waits for that. */
function isPassable(facts: Facts, operation: OperationFacts, how: Surely, at: number): boolean {
  const { weight, pool } = operation.understood
  if (weight <= 1 || weight > facts.limit || !waitsForSlot(operation, how, at)) return false
  if (!isInTime(facts, operation, at) || fits(facts, operation)) return false
  return pool === undefined || !passedTooOften(facts, operation, other(how), at).some((better) => better.pool === pool)
}

/**
 * What its passes are counted under. One that waits for its pool is passed by others of that pool; one that waits for slots by whatever takes them, and of those
 * of one weight the first is counted for all.
 */
function passKey(facts: Facts, { weight, pool }: Understood): string {
  return hasRoom(facts, pool, weight) ? `${weight}` : `${weight} ${pool}`
}

/** Holds a start against all that waits: nothing better that fits may be left behind, no limit passed, nothing reserved taken. */
export function judgeStart(facts: Facts, operation: OperationFacts, at: number, blame: Blame): void {
  const { id, rank, weight } = operation.understood
  if (weight === 0) {
    if (facts.limit === 0) blame(`"${id}" started while the run was paused`)
    return
  }
  if (!fits(facts, operation)) blame(`"${id}" started beyond a limit: ${used(facts)} of ${facts.limit} slots were taken`)
  if (!isInTime(facts, operation, at)) blame(`"${id}" started faster than its pool allows`)
  if (isReservedFrom(facts, operation, 'surely', at)) blame(`"${id}" took slots that are kept for a better one`)
  const better = [...facts.operations.values()].filter((each) => each.understood.rank < rank)
  for (const each of better)
    if (
      waitsForSlot(each, 'surely', at) &&
      each.understood.weight > 0 &&
      fits(facts, each) &&
      isInTime(facts, each, at) &&
      !isReservedFrom(facts, each, 'maybe', at)
    )
      blame(`"${id}" started before "${each.understood.id}", which goes first and fits`)
  const passed = (how: Surely): Set<string> =>
    new Set(
      better
        .filter(({ understood: { pool, weight: size } }) => hasRoom(facts, pool, size) || pool === operation.understood.pool)
        .filter((each) => isPassable(facts, each, how, at))
        .map(({ understood }) => passKey(facts, understood)),
    )
  const [surely, maybe] = [passed('surely'), passed('maybe')]
  for (const size of maybe) {
    const { least, most } = facts.passes.get(size) ?? { least: 0, most: 0 }
    facts.passes.set(size, { least: least + (surely.has(size) ? 1 : 0), most: most + 1 })
  }
  const { pool } = operation.understood
  for (const key of [`${weight}`, `${weight} ${pool}`]) facts.passes.set(key, { least: 0, most: 0 })
  if (pool !== undefined) facts.poolStarts.set(pool, [...(facts.poolStarts.get(pool) ?? []), at])
}

/** Nothing that fits may wait while nothing happens. */
export function judgeIdle(facts: Facts, now: number, blame: Blame): void {
  for (const operation of facts.operations.values()) {
    if (operation.phase === 'retrying' && operation.retryDueAt <= now) operation.retryNoticed = true
    if (
      waitsForSlot(operation, 'surely', now) &&
      fits(facts, operation) &&
      isInTime(facts, operation, now) &&
      !isReservedFrom(facts, operation, 'maybe', now)
    )
      blame(`"${operation.understood.id}" waits while ${facts.limit - used(facts)} of ${facts.limit} slots stand idle`)
  }
}
