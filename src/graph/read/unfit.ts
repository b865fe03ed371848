import type { FaultList } from '../../model/fault/faultList.js'
import type { FaultOf, PlanPath } from '../../model/fault/fault.js'
import { planLimits } from '../../model/limits.js'

/** What a look through a value found that no plan may hold. */
export interface Unfit {
  /** The first value that lies too deep, or has too many fields. */
  readonly tooLarge: FaultOf<'too-large'> | undefined
  /** Whether some number or text in it is not exactly what JSON could hold. */
  readonly inexact: boolean
}

interface Seen {
  inexact: boolean
  /** How many fields the value has that stopped the look; 0 when it lies too deep. */
  fields: number
}

/**
 * Looks through a message before anything else does: for the first value deeper than the levels a plan may have, the outermost value being
 * the first, or with more fields than an object may have, and for numbers and texts that would not come out of the run as they went in.
 *
 * It calls itself no more often than there may be levels: a message of a million brackets must not overflow the engine's stack. A
 * value that holds itself is endlessly deep. Nearly every message is fit: of those nothing is kept while they are looked at.
 */
export function unfitIn(value: unknown): Unfit {
  const seen = { inexact: false, fields: 0 }
  const at = pathBelow(value, planLimits.levels, seen)
  return { tooLarge: at && (seen.fields > 0 ? tooManyFields(at, seen.fields) : tooManyLevels(at)), inexact: seen.inexact }
}

function pathBelow(value: unknown, levels: number, seen: Seen): PlanPath | undefined {
  if (typeof value !== 'object' || value === null) {
    if (isInexact(value)) seen.inexact = true
    return undefined
  }
  if (levels === 0) return []
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const path = pathBelow(value[index], levels - 1, seen)
      if (path !== undefined) return [index, ...path]
    }
    return undefined
  }
  let fields = 0
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue
    if (++fields > planLimits.fields) {
      seen.fields = Object.keys(value).length
      return []
    }
    if (!key.isWellFormed()) seen.inexact = true
    const path = pathBelow((value as { readonly [key: string]: unknown })[key], levels - 1, seen)
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

export function tooManyLevels(at: PlanPath): FaultOf<'too-large'> {
  return { type: 'too-large', at, what: 'levels', limit: planLimits.levels, actual: planLimits.levels + 1 }
}

export function tooManyFields(at: PlanPath, actual: number): FaultOf<'too-large'> {
  return { type: 'too-large', at, what: 'fields', limit: planLimits.fields, actual }
}
