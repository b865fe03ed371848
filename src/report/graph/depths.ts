import type { RunPicture } from '../picture/picture.js'
import { longestChains } from './longestChains.js'

/** How many operations stand one behind the other before each: by operation. A part of another has the depth of that. */
export function depthsOf({ operations, wiring }: RunPicture, order: readonly number[]): Float64Array {
  const depths = new Float64Array(operations.length)
  const planned = wiring?.planned ?? 0
  if (wiring !== undefined) depths.set(longestChains(wiring, order, () => 1).before.subarray(0, planned))
  // Parents come before their parts.
  for (let index = planned; index < operations.length; index++) depths[index] = depths[operations[index]!.parent ?? index]!
  return depths
}
