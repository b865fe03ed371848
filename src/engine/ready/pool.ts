import type { PoolLimit } from '../../model/plan.js'
import type { Lane } from './lane.js'
import { rate, type Rate } from './rate.js'
import type { WaitingLanes } from './waitingLanes.js'

/** A named limit below the concurrency of a run: so many at once, so many a second; and the operations that it holds back. */
export class Pool {
  /** Whether its rate lets nothing in before a time that is waited for. */
  isPaused = false
  /** The slots that its operations hold. */
  private used = 0
  private readonly lanes: Lane[] = []
  private readonly limit: number
  private readonly rate: Rate | undefined

  constructor({ limit = Infinity, perSecond, burst = 1 }: PoolLimit) {
    this.limit = limit
    this.rate = perSecond === undefined ? undefined : rate(perSecond, burst)
  }

  /** Something of this lane may ask for the pool. */
  adopt(lane: Lane): void {
    this.lanes.push(lane)
  }

  /** Whether any of its operations is ready. */
  get isAskedFor(): boolean {
    return this.lanes.some((lane) => lane.best < Infinity)
  }

  /** When it may start the next, on the run's clock; -Infinity when only its limit holds it back. */
  get opensAt(): number {
    return this.rate === undefined ? -Infinity : this.rate.nextAt()
  }

  /** The best of this lane starts, passing what does not fit into the pool. */
  enter(lane: Lane, limit: number, now: () => number): void {
    for (const other of this.lanes) if (other.best < lane.best && this.isTooBig(other, limit)) other.passed++
    lane.passed = 0
    this.used += lane.weight
    this.rate?.spend(now())
  }

  leave(weight: number): void {
    this.used -= weight
  }

  /** Leaves those of its lanes among the waiting ones that it would let in, and no others. */
  sort(waiting: WaitingLanes, limit: number): void {
    const { lanes } = this
    if (lanes.length > 1) lanes.sort((a, b) => (a.best < b.best ? -1 : 1))
    // Closed by its rate, or kept for one that was passed as often as there are slots.
    let isClosed = this.isPaused
    for (const lane of lanes) {
      if (!isClosed && lane.best < Infinity && this.fits(lane.weight)) waiting.put(lane)
      else waiting.remove(lane)
      if (lane.passed >= limit && lane.best < Infinity && this.isTooBig(lane, limit)) isClosed = true
    }
  }

  private fits(weight: number): boolean {
    return this.used + weight <= this.limit
  }

  /** Whether smaller ones may pass it now. One of weight 1 nobody passes, and for one beyond a lowered limit nothing is kept. */
  private isTooBig({ weight }: Lane, limit: number): boolean {
    return weight > 1 && weight <= limit && !this.fits(weight)
  }
}
