/** Shares room out evenly: the small get all they need, the large share what is left. */
export function shareOut(needs: readonly number[], room: number): readonly number[] {
  const shares = needs.map(() => 0)
  const bySize = needs.map((_, place) => place).sort((a, b) => needs[a]! - needs[b]!)
  let left = Math.max(0, room)
  bySize.forEach((place, rank) => {
    const share = Math.min(needs[place]!, left / (bySize.length - rank))
    shares[place] = share
    left -= share
  })
  return shares
}
