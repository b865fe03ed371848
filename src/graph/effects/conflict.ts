import { conflicting, reads, writes, type Access } from './access.js'
import { overlap } from './overlap.js'

/** What two operations' touches ask of the later one: nothing, to keep the order, or to need the earlier one's success. */
export type Conflict = 'none' | 'order' | 'effect'

/** Compares them pair by pair: for the few operations of a stream that are at work at one time. */
export function conflictOf(earlier: readonly Access[], later: readonly Access[]): Conflict {
  let found: Conflict = 'none'
  for (const first of earlier)
    for (const second of later) {
      if (!conflicting[second.way]!.includes(first.way)) continue
      const how = overlap(first, second)
      if (how === undefined) continue
      if (how === 'same' && writes(first.way) && reads(second.way) && first.exact && second.exact) return 'effect'
      found = 'order'
    }
  return found
}
