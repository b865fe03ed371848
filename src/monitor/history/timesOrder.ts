import { textHash } from '../../model/text/textHash.js'

/** Ids in the order in which a record has their times, and a hash of them. */
export function timesOrder(ids: readonly string[]): { readonly order: readonly number[]; readonly hash: string } {
  const order = ids.map((_, index) => index).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1))
  return { order, hash: textHash(JSON.stringify(order.map((index) => ids[index]))) }
}
