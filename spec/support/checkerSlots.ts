import { type Blame, type Facts, type OperationFacts, isAlive } from './checkerFacts.js'
import type { Understood } from './checkerPlan.js'

/** Slots that bodies really hold now, in all or of one pool. */
export function used({ operations }: Facts, pool?: string): number {
  let sum = 0
  for (const operation of operations.values())
    if (isAlive(operation) && (pool === undefined || operation.understood.pool === pool)) sum += operation.understood.weight
  return sum
}

export function fits(facts: Facts, { understood: { weight, pool } }: OperationFacts): boolean {
  return weight === 0 || (used(facts) + weight <= facts.limit && hasRoom(facts, pool, weight))
}

function hasRoom(facts: Facts, pool: string | undefined, weight: number): boolean {
  const limit = pool === undefined ? undefined : new Map(Object.entries(facts.plan.pools ?? {})).get(pool)
  return limit === undefined || used(facts, pool) + weight <= limit
}

/** Whether it waits for nothing but a slot: surely, or as far as can be known. */
type Surely = 'surely' | 'maybe'

function waitsForSlot({ phase, retryNoticed, retryDueAt }: OperationFacts, how: Surely, at: number): boolean {
  return phase === 'ready' || (phase === 'retrying' && (retryNoticed || (how === 'maybe' && retryDueAt <= at)))
}

/** Whether slots are kept for a better one that was passed too often, so that this one may not have them. */
function isReservedFrom(facts: Facts, operation: OperationFacts, how: Surely, at: number): boolean {
  const { rank, pool } = operation.understood
  return [...facts.operations.values()].some((other) => {
    const better = other.understood
    if (better.rank >= rank || !isPassable(facts, other, how, at)) return false
    const passes = facts.passes.get(sizeOf(better))
    const count = how === 'maybe' ? passes?.most : passes?.least
    return (count ?? 0) >= facts.limit && (hasRoom(facts, better.pool, better.weight) || better.pool === pool)
  })
}

/** Whether it may be passed by smaller ones now, since it does not fit. */
function isPassable(facts: Facts, operation: OperationFacts, how: Surely, at: number): boolean {
  const { weight } = operation.understood
  return weight > 1 && weight <= facts.limit && waitsForSlot(operation, how, at) && !fits(facts, operation)
}

function sizeOf({ weight, pool }: Understood): string {
  return `${weight} ${pool ?? ''}`
}

/** Holds a start against all that waits: nothing better that fits may be left behind, no limit passed, nothing reserved taken. */
export function judgeStart(facts: Facts, operation: OperationFacts, at: number, blame: Blame): void {
  const { id, rank, weight } = operation.understood
  if (weight === 0) return
  if (!fits(facts, operation)) blame(`"${id}" started beyond a limit: ${used(facts)} of ${facts.limit} slots were taken`)
  if (isReservedFrom(facts, operation, 'surely', at)) blame(`"${id}" took slots that are kept for a better one`)
  const better = [...facts.operations.values()].filter((other) => other.understood.rank < rank)
  for (const other of better)
    if (
      waitsForSlot(other, 'surely', at) &&
      other.understood.weight > 0 &&
      fits(facts, other) &&
      !isReservedFrom(facts, other, 'maybe', at)
    )
      blame(`"${id}" started before "${other.understood.id}", which goes first and fits`)
  const passed = (how: Surely): Set<string> =>
    new Set(better.filter((other) => isPassable(facts, other, how, at)).map(({ understood }) => sizeOf(understood)))
  const [surely, maybe] = [passed('surely'), passed('maybe')]
  for (const size of maybe) {
    const { least, most } = facts.passes.get(size) ?? { least: 0, most: 0 }
    facts.passes.set(size, { least: least + (surely.has(size) ? 1 : 0), most: most + 1 })
  }
  facts.passes.set(sizeOf(operation.understood), { least: 0, most: 0 })
}

/** Nothing that fits may wait while nothing happens. */
export function judgeIdle(facts: Facts, now: number, blame: Blame): void {
  for (const operation of facts.operations.values()) {
    if (operation.phase === 'retrying' && operation.retryDueAt <= now) operation.retryNoticed = true
    if (waitsForSlot(operation, 'surely', now) && fits(facts, operation) && !isReservedFrom(facts, operation, 'maybe', now))
      blame(`"${operation.understood.id}" waits while ${facts.limit - used(facts)} of ${facts.limit} slots stand idle`)
  }
}
