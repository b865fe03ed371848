const shortest = 8

/** Ids cut to as many characters, at least eight, as tell them all apart. */
export function shortIds(ids: readonly string[]): (id: string) => string {
  const distinct = new Set(ids)
  const longest = Math.max(shortest, ...ids.map((id) => id.length))
  let length = shortest
  while (length < longest && new Set([...distinct].map((id) => id.slice(0, length))).size < distinct.size) length++
  return (id) => id.slice(0, length)
}
