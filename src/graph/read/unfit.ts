import type { FaultList } from '../../model/fault/faultList.js'
import type { PlanFault, PlanPath } from '../../model/fault/fault.js'

/** What a look through a value found that no plan may hold. */
export interface Unfit {
  /** The way to the first value that lies too deep. */
  readonly tooDeep: PlanPath | undefined
  /** Whether some number or text in it is not exactly what JSON could hold. */
  readonly inexact: boolean
}

/**
 * Looks through a message before anything else does: for the first value deeper than `limit` levels, the outermost value being the first
 * level, and for numbers and texts that would not come out of the run as they went in.
 *
 * It calls itself no more often than there may be levels: a message of a million brackets must not overflow the engine's stack. A
 * value that holds itself is endlessly deep. Nearly every message is fit: of those nothing is kept while they are looked at.
 */
export function unfitIn(value: unknown, limit: number): Unfit {
  const seen = { inexact: false }
  const tooDeep = pathBelow(value, limit, seen)
  return { tooDeep, inexact: seen.inexact }
}

function pathBelow(value: unknown, limit: number, seen: { inexact: boolean }): PlanPath | undefined {
  if (typeof value !== 'object' || value === null) {
    if (isInexact(value)) seen.inexact = true
    return undefined
  }
  if (limit === 0) return []
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const path = pathBelow(value[index], limit - 1, seen)
      if (path !== undefined) return [index, ...path]
    }
    return undefined
  }
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue
    if (!key.isWellFormed()) seen.inexact = true
    const path = pathBelow((value as { readonly [key: string]: unknown })[key], limit - 1, seen)
    if (path !== undefined) return [key, ...path]
  }
  return undefined
}

/** Adds a fault for each number and text that JSON could not hold, or not exactly. The value is known not to be too deep. */
export function addInexact(value: unknown, at: PlanPath, faults: FaultList): void {
  if (isInexact(value)) faults.push({ type: 'inexact-value', at, received: value })
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) value.forEach((member: unknown, index) => addInexact(member, [...at, index], faults))
  else
    for (const [key, member] of Object.entries(value)) {
      if (!key.isWellFormed()) faults.push({ type: 'inexact-value', at: [...at, key], received: key })
      addInexact(member, [...at, key], faults)
    }
}

// JSON's numbers are digits: a whole one beyond 2^53 may have been written with others than those it has now.
function isInexact(value: unknown): value is number | string {
  if (typeof value === 'string') return !value.isWellFormed()
  return typeof value === 'number' && !Number.isSafeInteger(value) && (!Number.isFinite(value) || Number.isInteger(value))
}

export function tooManyLevels(at: PlanPath, limit: number): PlanFault {
  return { type: 'too-large', at, what: 'levels', limit, actual: limit + 1 }
}
