import type { Lane } from './lane.js'

/** Lanes, the one whose best goes first on top: a binary heap in which each lane knows its place, since its best changes while it is there. */
export class LaneHeap {
  private readonly lanes: Lane[] = []

  /** The lane whose best goes first; undefined when there is none. */
  get first(): Lane | undefined {
    return this.lanes[0]
  }

  /** Puts a lane in, or where it belongs after its best has changed. */
  put(lane: Lane): void {
    if (lane.place === -1) lane.place = this.lanes.push(lane) - 1
    this.settle(lane)
  }

  remove(lane: Lane): void {
    const { place } = lane
    if (place === -1) return
    lane.place = -1
    const last = this.lanes.pop()!
    if (last === lane) return
    last.place = place
    this.settle(last)
  }

  private settle(lane: Lane): void {
    this.rise(lane)
    this.sink(lane)
  }

  private rise(lane: Lane): void {
    const { lanes } = this
    const { best } = lane
    let { place } = lane
    while (place > 0) {
      const above = lanes[(place - 1) >>> 1]!
      if (above.best <= best) break
      ;[place, above.place] = [above.place, place]
      lanes[above.place] = above
    }
    lane.place = place
    lanes[place] = lane
  }

  private sink(lane: Lane): void {
    const { lanes } = this
    const { best } = lane
    let { place } = lane
    for (let below = 2 * place + 1; below < lanes.length; below = 2 * place + 1) {
      if (below + 1 < lanes.length && lanes[below + 1]!.best < lanes[below]!.best) below++
      const smaller = lanes[below]!
      if (best <= smaller.best) break
      ;[place, smaller.place] = [smaller.place, place]
      lanes[smaller.place] = smaller
    }
    lane.place = place
    lanes[place] = lane
  }
}
