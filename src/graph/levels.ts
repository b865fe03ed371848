import type { PlanPath } from '../model/fault.js'

interface Frame {
  readonly container: object
  /** Undefined for a list. */
  readonly keys: readonly string[] | undefined
  next: number
}

/**
 * The path to the first value that lies deeper than `limit` levels, the outermost value being the first level.
 *
 * A value that holds itself is endlessly deep.
 */
export function pathBelow(value: unknown, limit: number): PlanPath | undefined {
  return isDeeper(value, limit) ? findBelow(value, limit) : undefined
}

/** Nearly no message is: no path is kept while it is looked at. It calls itself no more often than there may be levels. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (isDeeper(value[index], levels - 1)) return true
    return false
  }
  for (const key in value)
    if (Object.hasOwn(value, key) && isDeeper((value as { readonly [key: string]: unknown })[key], levels - 1)) return true
  return false
}

function findBelow(value: unknown, limit: number): PlanPath | undefined {
  const stack: Frame[] = []
  const enter = (member: unknown): void => {
    if (typeof member === 'object' && member !== null)
      stack.push({ container: member, keys: Array.isArray(member) ? undefined : Object.keys(member), next: 0 })
  }
  enter(value)
  while (stack.length > 0) {
    if (stack.length > limit) return stack.slice(0, -1).map(({ keys, next }) => keys?.[next - 1] ?? next - 1)
    const frame = stack.at(-1)!
    const { container, keys } = frame
    const index = frame.next++
    if (keys === undefined) {
      const list = container as readonly unknown[] // Frames without keys are made for lists alone.
      if (index >= list.length) stack.pop()
      else enter(list[index])
    } else if (index >= keys.length) stack.pop()
    else enter((container as { readonly [key: string]: unknown })[keys[index]!])
  }
  return undefined
}
