import type { MonitorEvent } from '../../model/metrics/monitorEvent.js'
import type { RunTrend } from '../../model/metrics/runTrend.js'
import { runTrendText } from '../../monitor/trends/runTrendText.js'
import type { Watch } from '../../monitor/watch.js'
import { duration } from '../../terminal/text/duration.js'

/** What lies ahead of a running batch, as far as it can be told. */
export interface Ahead {
  /** `about 12 s left`; undefined as long as nothing can be said. */
  readonly left: string | undefined
  readonly leftMs: number | undefined
  /** What became worse while it ran, each in one sentence. */
  readonly worse: readonly string[]
}

const nothing: Ahead = { left: undefined, leftMs: undefined, worse: [] }

/** Asks the watch of a batch, at this moment. */
export function aheadOf(watched: Watch | undefined): Ahead {
  if (watched === undefined) return nothing
  // The engine stamps its events with this clock.
  const sample = watched.sample(performance.timeOrigin + performance.now(), false).find(isSample)
  if (sample === undefined) return nothing
  const leftMs = sample.metrics.eta?.leftMs
  return {
    left: leftMs === undefined ? undefined : leftMs < 1_000 ? 'under 1 s left' : `about ${duration(leftMs)} left`,
    leftMs: leftMs === undefined ? undefined : Math.round(leftMs),
    worse: sample.trends.filter(isWorse).map(runTrendText),
  }
}

const isSample = (event: MonitorEvent) => event.type === 'metrics-sampled'

function isWorse({ direction, better }: RunTrend): boolean {
  return direction === (better === 'lower' ? 'rising' : 'falling')
}
