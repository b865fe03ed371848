import type { RunTrend } from '../../model/metrics/runTrend.js'
import { median } from '../histogram/quantile.js'
import { theilSen } from '../statistics/theilSen.js'
import { criticalZ, sureness } from './chance.js'
import { suspectZ, type SeriesChange } from './seriesChange.js'
import { Windows } from './windows.js'

/** What is followed, and how. */
export interface Figure extends Pick<RunTrend, 'metric' | 'better'> {
  readonly name?: string
  /** Where the windows moved. */
  readonly change: (windows: Windows) => SeriesChange | undefined
  /** How many times as much, told from so many values. */
  readonly ratio: (before: number, now: number, values: number) => number
  /** The metric of a mean of a window, where they are not the same: then it falls as the mean rises. */
  readonly inverse?: (mean: number) => number
}

/** One figure of a run, followed over windows of its values. */
export interface Followed {
  /** The window under way is full at this count of values. */
  fullAt: number
  /** Closes it, there being so many values up to now, of this sum. */
  close(count: number, sum: number, at: number): void
  /** Undefined before any window is closed. */
  trend(): RunTrend | undefined
}

/** With fewer windows there is no verdict. */
const fewestWindows = 16
/** What is nearer than this to where it was before it moved has settled. */
const settledRatio = 1.2
const minuteMs = 60_000

interface Moved {
  readonly direction: 'rising' | 'falling' | 'steady'
  /** Before it first moved. */
  readonly base: number
  readonly since: number
  readonly z: number
  readonly changePerMinute: number
}

/**
 * Follows a figure from a time on. `series` is how many there are in the run, and `changed` hears when its direction does: the windows
 * before a change are forgotten then, so that the next one is told from what came since.
 */
export function followed(figure: Figure, at: number, series: () => number, changed: (trend: RunTrend) => void): Followed {
  const { metric, name, better, change, ratio: ratioOf, inverse } = figure
  const windows = new Windows(at)
  const startedAt = at
  let moved: Moved | undefined
  let z = 0
  let [countBefore, sumBefore] = [0, 0]
  let known: { readonly windows: number; readonly trend: RunTrend } | undefined

  const shown = (mean: number): number => (inverse === undefined ? mean : inverse(mean))
  const values = (): number => windows.means.length * windows.size

  const look = (): void => {
    known = undefined
    const found = windows.means.length < fewestWindows ? undefined : change(windows)
    z = found?.matters === true ? found.z : 0
    if (found !== undefined && found.matters && Math.abs(z) > criticalZ(series())) {
      const base = moved?.base ?? shown(found.before)
      const ratio = ratioOf(base, shown(found.now), values())
      const back = moved !== undefined && ratio < settledRatio && ratio > 1 / settledRatio
      const direction = back ? 'steady' : ratio > 1 ? 'rising' : 'falling'
      moved = { direction, base, since: windows.ends[found.at - 1]!, z, changePerMinute: slopeOf(windows, shown) }
      windows.dropBefore(found.at)
      changed(trendNow())
    }
    windows.settle()
  }

  const trendNow = (): RunTrend => {
    const about = { metric, ...(name !== undefined && { name }), against: 'run' as const, better }
    const { means } = windows
    if (moved !== undefined) {
      const [before, now] = [moved.base, shown(median(means))]
      const { direction, since, changePerMinute } = moved
      return {
        ...about,
        direction,
        before,
        now,
        ratio: ratioOf(before, now, values()),
        changePerMinute,
        since,
        confidence: sureness(moved.z, series()),
      }
    }
    const half = Math.ceil(means.length / 2)
    const [before, now] = [shown(median(means.slice(0, half))), shown(median(means.slice(-half)))]
    const direction = means.length < fewestWindows || Math.abs(z) > suspectZ ? 'unsettled' : 'steady'
    const changePerMinute = slopeOf(windows, shown)
    return {
      ...about,
      direction,
      before,
      now,
      ratio: ratioOf(before, now, values()),
      changePerMinute,
      since: startedAt,
      confidence: sureness(z, series()),
    }
  }

  const self: Followed = {
    fullAt: 1,
    close(count, sum, time) {
      if (windows.close((sum - sumBefore) / (count - countBefore), time)) look()
      countBefore = count
      sumBefore = sum
      self.fullAt = count + windows.size
    },
    trend() {
      const count = windows.means.length
      if (count === 0) return undefined
      if (known?.windows !== count) known = { windows: count, trend: trendNow() }
      return known.trend
    },
  }
  return self
}

/** Windows hold as many values each, and are taken to come evenly. */
function slopeOf({ means, ends, from }: Windows, shown: (mean: number) => number): number {
  const minutes = (ends.at(-1)! - from) / minuteMs / means.length
  return means.length < 2 || minutes <= 0 ? 0 : theilSen(means.map(shown)).slope / minutes
}
