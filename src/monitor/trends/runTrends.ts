// monitor/trends: where the metrics of a run go while it lasts, over windows of its events and beside earlier runs.
import type { RunTrend } from '../../model/metrics/runTrend.js'
import type { RunStarted } from '../../model/event.js'
import type { MeterState } from '../meter/meterState.js'
import { followed, type Figure, type Followed } from './followed.js'
import { changeOfQueue, changeOfShares, changeOfTimes, queueRatio, shareRatio, timeRatio } from './seriesChange.js'
import type { Windows } from './windows.js'

/** The trends of one run. */
export interface RunTrends {
  /** The next look is due when so many operations have ended after an attempt. */
  lookAt: number
  look(state: MeterState): void
  /** Each that there are values of. */
  all(): readonly RunTrend[]
  hasChanged(): boolean
  /** Those whose direction changed since this was asked last, in their order. */
  changed(): readonly RunTrend[]
}

/** From so many ends on they are looked at after each time a share of that: a look at every end would cost more than the metrics do. */
const leastLooks = 128
/** Smaller differences are the clock's and the event loop's. */
const leastMs = 1

/**
 * Follows the run time and the wait of each operation type, the throughput, the share of failures and the queue of those that are ready.
 *
 * What the plan alone decides must not look like a trend: operations that are ready at the start wait longer the later they come, and
 * near the end fewer are left. So a wait is the time at the head of the line of its type, throughput is that of the time in which every
 * slot is taken, and the queue is told but raises nothing, unless the operations come while the run goes on.
 */
export function runTrends({ at: startedAt, streamed, concurrency }: RunStarted): RunTrends {
  const series: Followed[] = []
  let fresh: RunTrend[] = []
  const follow = (figure: Figure, raises = true): Followed => {
    const changed = (trend: RunTrend): void => void (raises && fresh.push(trend))
    const one = followed(figure, startedAt, () => series.length, changed)
    series.push(one)
    return one
  }
  const timesOf = (metric: 'runMs' | 'waitMs', name: string): Followed => follow({ ...times(leastMs), metric, name, better: 'lower' })
  const runs: Followed[] = []
  const waits: Followed[] = []
  const failures = follow({
    metric: 'failureRate',
    better: 'lower',
    change: ({ means, size }) => changeOfShares(means, size),
    ratio: shareRatio,
  })
  const queue = follow(
    { metric: 'readyQueue', better: 'lower', change: ({ means }) => changeOfQueue(means, concurrency), ratio: queueRatio },
    streamed === true,
  )
  let throughput: Followed | undefined
  // The queue is counted when a window ends, and not in between.
  let [queueEnds, readySum] = [0, 0]

  const self: RunTrends = {
    all: () => series.flatMap((one) => one.trend() ?? []),
    hasChanged: () => fresh.length > 0,
    changed() {
      const taken = fresh
      fresh = []
      return taken
    },
    lookAt: 1,
    look({ kinds: { types }, occupancy: { ready, fullMs, at }, endedTried, failedTried, endedFull }) {
      for (const { index, name, run, lined, linedMs } of types) {
        if (run.count > 0) full((runs[index] ??= timesOf('runMs', name)), run.count, run.sum, at)
        if (lined > 0) full((waits[index] ??= timesOf('waitMs', name)), lined, linedMs, at)
      }
      full(failures, endedTried, failedTried, at)
      readySum += ready * (endedTried - queueEnds)
      queueEnds = endedTried
      full(queue, endedTried, readySum, at)
      if (endedFull > 0) {
        throughput ??= follow({ ...times(leastMs / concurrency), metric: 'throughput', better: 'higher', inverse: perSecond })
        full(throughput, endedFull, fullMs, at)
      }
      self.lookAt = endedTried + Math.max(1, Math.floor(endedTried / leastLooks))
    },
  }
  return self
}

/** Closes the window under way where there are values enough. */
function full(one: Followed, count: number, sum: number, at: number): void {
  if (count >= one.fullAt) one.close(count, sum, at)
}

function times(leastDifference: number): Pick<Figure, 'change' | 'ratio'> {
  return { change: ({ means }: Windows) => changeOfTimes(means, leastDifference), ratio: timeRatio }
}

function perSecond(ms: number): number {
  return ms > 0 ? 1_000 / ms : 0
}
