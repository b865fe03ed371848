import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'

/** Whether a list has an item. fp-ts has the same, in a module that brings 98 KB of others into a bundle. */
export function isNonEmpty<A>(list: A[]): list is NonEmptyArray<A> {
  return list.length > 0
}
