import type { Lane } from './lane.js'
import { LaneHeap } from './laneHeap.js'

/** The lanes of one weight that wait for slots alone. */
interface SameWeight {
  readonly weight: number
  readonly lanes: LaneHeap
  /** How often the first of them has been passed by another, since it did not fit. */
  passed: number
}

/**
 * The lanes that wait for slots alone: something is in them, and their pool would let it in. By weight, and of each weight the best first:
 * however many lanes and pools there are, one look at each weight says which goes next.
 */
export class WaitingLanes {
  /** The lightest first. */
  private readonly weights: SameWeight[] = []

  /** Puts a lane in, or where it belongs after its best has changed. */
  put(lane: Lane): void {
    this.of(lane.weight).lanes.put(lane)
  }

  remove(lane: Lane): void {
    if (lane.place !== -1) this.of(lane.weight).lanes.remove(lane)
  }

  /**
   * The lane that gets the slots that are free, the best of this one and all that fit; undefined when nothing fits, or when they are kept for one that was passed as often as
   * there are slots. Those it passes are counted.
   */
  next(common: Lane, free: number, limit: number): Lane | undefined {
    let next = common
    for (const { weight, lanes } of this.weights) {
      if (weight > free) break
      const { first } = lanes
      if (first !== undefined && first.best < next.best) next = first
    }
    if (next.best === Infinity) return undefined
    const passed = this.weights.filter(
      // One that is heavier than a lowered limit is kept nothing: nothing that becomes free would do.
      ({ weight, lanes: { first } }) => weight > free && weight <= limit && first !== undefined && first.best < next.best,
    )
    if (passed.some((each) => each.passed >= limit)) return undefined
    for (const each of passed) each.passed++
    if (next.weight > 1) this.of(next.weight).passed = 0
    return next
  }

  private of(weight: number): SameWeight {
    const { weights } = this
    let place = weights.length
    // Plans know a few weights only.
    while (place > 0 && weights[place - 1]!.weight >= weight) place--
    const found = weights[place]
    if (found?.weight === weight) return found
    const made = { weight, lanes: new LaneHeap(), passed: 0 }
    weights.splice(place, 0, made)
    return made
  }
}
