import { mostFaults } from '../../model/limits.js'
import { keyAt, scanJson } from './scanJson.js'

/** A key that an object has twice, and where it stands the second time. */
export interface RepeatedKey {
  readonly key: string
  readonly offset: number
}

/** Keys given twice in JSON text. The platform's parser takes the last of them, silently. */
export function repeatedKeys(text: string, value: unknown): readonly RepeatedKey[] {
  // Nearly no text has one: then it has as many keys as the value it stands for, and no key need be remembered.
  let written = 0
  scanJson(text, { key: () => written++ })
  if (written === keysIn(value)) return []
  const found: RepeatedKey[] = []
  const seen: Set<string>[] = []
  scanJson(text, {
    enter: () => seen.push(new Set()),
    leave: () => seen.pop(),
    key(offset, end) {
      const key = keyAt(text, offset, end)
      const keys = seen.at(-1)!
      if (!keys.has(key)) keys.add(key)
      else if (found.length < mostFaults) found.push({ key, offset })
    },
  })
  return found
}

/** With a stack of its own: JSON text may be nested deeper than calls may be. */
function keysIn(value: unknown): number {
  let count = 0
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    if (Array.isArray(next)) {
      for (const member of next as readonly unknown[]) if (typeof member === 'object' && member !== null) left.push(member)
      continue
    }
    // Twice as fast as the values of an object with a hundred thousand keys.
    const keys = Object.keys(next)
    count += keys.length
    for (const key of keys) {
      const member = (next as { readonly [key: string]: unknown })[key]
      if (typeof member === 'object' && member !== null) left.push(member)
    }
  }
  return count
}
