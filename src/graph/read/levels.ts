import type { PlanPath } from '../../model/fault/fault.js'

/**
 * The path to the first value that lies deeper than `limit` levels, the outermost value being the first level.
 *
 * It calls itself no more often than there may be levels: a message of a million brackets must not overflow the engine's stack. A
 * value that holds itself is endlessly deep. Nearly no message is too deep: of those nothing is kept while they are looked at.
 */
export function pathBelow(value: unknown, limit: number): PlanPath | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (limit === 0) return []
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const path = pathBelow(value[index], limit - 1)
      if (path !== undefined) return [index, ...path]
    }
    return undefined
  }
  for (const key in value) {
    const path = Object.hasOwn(value, key) ? pathBelow((value as { readonly [key: string]: unknown })[key], limit - 1) : undefined
    if (path !== undefined) return [key, ...path]
  }
  return undefined
}
