import type { OperationSucceeded, RunStarted } from '../../model/event.js'
import type { RunTrend } from '../../model/metrics/runTrend.js'
import { median } from '../histogram/quantile.js'
import { isEvidence } from '../history/comparable.js'
import { ranByItself } from '../history/ranByItself.js'
import type { RunRecord } from '../history/runRecord.js'
import { timesOrder } from '../history/timesOrder.js'
import type { PlanGraph } from '../meter/planGraph.js'
import { confidenceOf } from '../statistics/normal.js'

/** Compares the operations of a run with the same ones in earlier runs of its plan. */
export interface AgainstHistory {
  observe(event: OperationSucceeded): void
  all(): readonly RunTrend[]
  hasChanged(): boolean
  changed(): readonly RunTrend[]
}

const fewestRuns = 5
const mostRuns = 10
const fewestEnded = 5
const leastRatio = 1.2
const leastMs = 1
const minuteMs = 60_000
/** What |t| passes by chance in one of 1,000 (two-sided), by degrees of freedom from 4 on (Student, 1908). */
const criticalT: readonly number[] = [8.61, 6.87, 5.96, 5.41, 5.04, 4.78]
/** What |z| of a normal distribution passes as rarely. */
const oneInThousand = 3.29

interface TypeRatio {
  readonly name: string
  ended: number
  ranMs: number
  /** The same operations in each earlier run: Σ their times. */
  readonly earlier: Float64Array
  direction: RunTrend['direction']
}

/**
 * The operations of a type that have ended are compared with the very same ones, by their ids, in each of the last ten runs: so it does
 * not matter that some are longer than others, or which come first. Undefined without five such runs.
 */
export function againstHistory(started: RunStarted, graph: PlanGraph, history: readonly RunRecord[]): AgainstHistory | undefined {
  const ids = graph.operations.map(({ id }) => id)
  const { order, hash } = timesOrder(ids)
  const known = history.filter((run) => isEvidence(run) && run.times?.ids === hash && run.times.ms.length === ids.length).slice(-mostRuns)
  if (known.length < fewestRuns) return undefined
  const placeOf = new Map(order.map((index, place) => [ids[index]!, { place, name: graph.operations[index]!.name ?? '' }]))
  const types = new Map<string, TypeRatio>()
  let at = started.at
  let fresh: RunTrend[] = []

  const trendOf = ({ name, ended, ranMs, earlier, direction }: TypeRatio): RunTrend => {
    const { t, ratio } = judged(ranMs, earlier)
    const before = median(earlier) / ended
    const now = ranMs / ended
    const minutes = Math.max(1, at - started.at) / minuteMs
    const about = { metric: 'runMs', name, against: 'history', better: 'lower', direction } as const
    return {
      ...about,
      before,
      now,
      ratio,
      changePerMinute: (now - before) / minutes,
      since: started.at,
      confidence: confidenceOf((oneInThousand * t) / criticalT[known.length - fewestRuns]!),
    }
  }

  return {
    observe(event) {
      const place = placeOf.get(event.id)
      const usual = place === undefined ? [] : known.map(({ times }) => times!.ms[place.place]!)
      if (place === undefined || !ranByItself(event) || usual.some((ms) => ms < 0)) return
      const { name } = place
      let type = types.get(name)
      if (type === undefined)
        types.set(name, (type = { name, ended: 0, ranMs: 0, earlier: new Float64Array(known.length), direction: 'unsettled' }))
      at = event.at
      type.ended++
      type.ranMs += event.durationMs
      for (const [run, ms] of usual.entries()) type.earlier[run]! += ms
      if (type.ended < fewestEnded) return
      const { t, ratio, apartMs } = judged(type.ranMs, type.earlier)
      const differs =
        Math.abs(t) > criticalT[known.length - fewestRuns]! && Math.max(ratio, 1 / ratio) >= leastRatio && apartMs / type.ended >= leastMs
      const direction = !differs ? 'steady' : ratio > 1 ? 'rising' : 'falling'
      const news = direction !== type.direction && (direction !== 'steady' || type.direction !== 'unsettled')
      type.direction = direction
      if (news) fresh.push(trendOf(type))
    },
    all: () => [...types.values()].map(trendOf),
    hasChanged: () => fresh.length > 0,
    changed() {
      const taken = fresh
      fresh = []
      return taken
    },
  }
}

/** Where a run lies among earlier ones: by the logarithm of its time, as one more value from their normal distribution. */
function judged(ranMs: number, earlier: Float64Array): { readonly t: number; readonly ratio: number; readonly apartMs: number } {
  const usual = median(earlier)
  if (!(ranMs > 0) || earlier.some((ms) => ms <= 0)) return { t: 0, ratio: 1, apartMs: 0 }
  const logs = [...earlier].map(Math.log)
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1)
  // Runs that are alike to the digit still differ by more than that.
  const deviation = Math.max(0.01, Math.sqrt(variance * (1 + 1 / logs.length)))
  return { t: (Math.log(ranMs) - mean) / deviation, ratio: ranMs / usual, apartMs: Math.abs(ranMs - usual) }
}
