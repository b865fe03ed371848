import type { PoolLimit } from '../../model/plan.js'
import { rate, type Rate } from './rate.js'

/** A named limit below the concurrency of a run: so many at once, so many a second. */
export class Pool {
  /** The slots that its operations hold. */
  used = 0
  private readonly limit: number
  private readonly rate: Rate | undefined

  constructor({ limit = Infinity, perSecond, burst = 1 }: PoolLimit) {
    this.limit = limit
    this.rate = perSecond === undefined ? undefined : rate(perSecond, burst)
  }

  fits(weight: number): boolean {
    return this.used + weight <= this.limit
  }

  /** When it may start the next, on the run's clock; -Infinity when only its limit holds it back. */
  opensAt(): number {
    return this.rate === undefined ? -Infinity : this.rate.nextAt()
  }

  /** An operation of this weight starts. */
  enter(weight: number, now: () => number): void {
    this.used += weight
    this.rate?.spend(now())
  }

  leave(weight: number): void {
    this.used -= weight
  }
}
