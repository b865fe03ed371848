// monitor/forecast: how long until the end of a run, from its graph and what its operations took, in this run and in earlier ones.
import { seededRandom } from '../../engine/time/random.js'
import type { BatchEvent } from '../../model/event.js'
import { isTerminal } from '../../model/isTerminal.js'
import type { Eta } from '../../model/metrics/metrics.js'
import { ranByItself } from '../history/ranByItself.js'
import { quantile } from '../histogram/quantile.js'
import type { RunRecord } from '../history/runRecord.js'
import type { PlanGraph } from '../meter/planGraph.js'
import { listSchedule } from './listSchedule.js'
import { addTime, drawDistribution, drawRatio, logTimes, type Drawn, type LogTimes } from './logTimes.js'
import { logRatio, planTimes } from './planTimes.js'

/** Follows what is left of a run whose graph is known. */
export interface Forecast {
  observe(event: BatchEvent): void
  /** Undefined as long as too little is known of what is left. */
  eta(at: number): Eta | undefined
}

/** Of the operations left more are not scheduled again and again. */
export const mostScheduled = 10_000

const fewestOfType = 10
const fewestWithHistory = 3
/** Operations scheduled for one forecast, over all its draws, and the ms of the run it stands for each of them. */
const mostSteps = 40_000
const msForStep = 1 / 40
const [fewestDraws, mostDraws] = [40, 100]
/** Two-sided 90 %, and a little more for outliers, which no earlier run foretells. */
const [low, high] = [0.04, 0.96]
/** How much faster or slower a whole run is, where earlier runs do not tell. */
const usualRunSpread = 0.15
const leastRunSpread = 0.02
/** What the spread of earlier runs counts for, in operations of this one. */
const historyWeight = 10
const usualSpread = 0.2

const [waiting, running, done] = [0, 1, 2] as const

/** The operations of a plan: by their index what each takes is drawn, and they are scheduled as the engine does, many times. */
export function forecast(graph: PlanGraph, concurrency: number, history: readonly RunRecord[]): Forecast {
  const { operations: compiledOperations, nodes, offsets, targets } = graph
  const count = compiledOperations.length
  const ids = compiledOperations.map(({ id }) => id)
  const indexOf = new Map(ids.map((id, index) => [id, index]))
  const earlier = planTimes(history, ids)
  const typeOf = new Int32Array(count)
  const types: LogTimes[] = []
  const typeIndex = new Map<string, number>()
  compiledOperations.forEach(({ name = '' }, index) => {
    let type = typeIndex.get(name)
    if (type === undefined) {
      type = types.push(logTimes()) - 1
      typeIndex.set(name, type)
    }
    typeOf[index] = type
  })
  const waits = graph.waits.slice()
  const state = new Uint8Array(count)
  const startedAt = new Float64Array(count)
  let queue: number[] = []
  for (let index = 0; index < count; index++) if (waits[index] === 0) queue.push(index)
  let left = count
  // Of those that ended and whose time was known: Σ their times, Σ those expected, Σ their squares, and the logarithms of the ratios.
  const known = { ranMs: 0, expectedMs: 0, squares: 0, ratios: logTimes() }
  const random = seededRandom(1)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let latest: { readonly at: number; readonly eta: Eta | undefined; readonly until: number } | undefined

  const release = (node: number): void => {
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (--waits[target]! > 0) continue
      if (target >= count) release(target)
      else if (state[target] === waiting) queue.push(target)
    }
  }

  const expected = (index: number): number => earlier?.medians[index] ?? NaN

  const enough = (): boolean => {
    if (left === 0 || left > mostScheduled) return false
    const fewHistory = earlier === undefined || (earlier.runs < fewestWithHistory && known.ratios.count < fewestWithHistory)
    for (let index = 0; index < count; index++) {
      if (state[index] === done || (!fewHistory && expected(index) >= 0)) continue
      if (types[typeOf[index]!]!.count < fewestOfType) return false
    }
    return true
  }

  /** How much slower all of this run is than earlier ones: the ratio so far, drawn towards 1 the more, the less it is known. */
  const runFactor = (spread: number): { readonly mean: number; readonly deviation: number } => {
    const before = Math.max(leastRunSpread, earlier?.runSpread || usualRunSpread) ** 2
    if (known.expectedMs <= 0) return { mean: 0, deviation: Math.sqrt(before) }
    const own = (spread * spread * known.squares) / known.expectedMs ** 2
    return {
      mean: (logRatio(known.ranMs, known.expectedMs) * before) / (before + own),
      deviation: Math.sqrt((before * own) / (before + own)),
    }
  }

  const spreadOf = (): number => {
    const { count: seen, squares } = known.ratios
    const before = earlier === undefined || Number.isNaN(earlier.spread) ? usualSpread : earlier.spread
    return Math.sqrt((historyWeight * before * before + squares) / (historyWeight + Math.max(0, seen - 1)))
  }

  const draw = (at: number, node: number, drawn: readonly (Drawn | undefined)[], factor: number, spread: number): number => {
    const usual = expected(node)
    const ofType = drawn[typeOf[node]!]
    const one = (): number =>
      usual >= 0 ? usual * Math.exp(factor + spread * normal()) : Math.exp((ofType?.mean ?? 0) + (ofType?.deviation ?? 0) * normal())
    if (state[node] !== running) return one()
    // It takes longer than it has taken already.
    const ranMs = at - startedAt[node]!
    for (let again = 0; again < 8; again++) {
      const ms = one()
      if (ms > ranMs) return ms - ranMs
    }
    return ranMs * 0.1 * -Math.log(1 - random())
  }

  const compute = (at: number): Eta => {
    queue = queue.filter((index) => state[index] === waiting)
    const atWork: number[] = []
    for (let index = 0; index < count; index++) if (state[index] === running) atWork.push(index)
    const remaining = { nodes, offsets, targets, waits, operations: count, ready: queue, running: atWork, slots: Math.max(1, concurrency) }
    const spread = spreadOf()
    const run = runFactor(spread)
    const runs = earlier?.runs ?? 1
    const runFreedom = Math.max(2, runs - 1)
    // The median of few runs is itself off: by a variance of π ÷ 2n of theirs.
    const medianError = Math.sqrt(1 + Math.PI / (2 * runs))
    const draws = Math.max(fewestDraws, Math.min(mostDraws, Math.floor(mostSteps / left)))
    const ends = Float64Array.from({ length: draws }, () => {
      const drawn = types.map((type) => (type.count < fewestOfType ? undefined : drawDistribution(type, normal)))
      const factor = run.mean + run.deviation * drawRatio(runFreedom, normal) * normal()
      const drawnSpread = spread * medianError * drawRatio(historyWeight + known.ratios.count, normal)
      return listSchedule(remaining, (node) => draw(at, node, drawn, factor, drawnSpread))
    }).sort()
    return { leftMs: quantile(ends, 0.5), lowMs: quantile(ends, low), highMs: quantile(ends, high) }
  }

  const ended = (index: number, ranMs: number | undefined): void => {
    if (state[index] === done) return
    state[index] = done
    left--
    release(index)
    if (ranMs === undefined) return
    addTime(types[typeOf[index]!]!, ranMs)
    const usual = expected(index)
    if (!(usual > 0 && ranMs > 0)) return
    known.ranMs += ranMs
    known.expectedMs += usual
    known.squares += usual * usual
    addTime(known.ratios, ranMs / usual)
  }

  return {
    observe(event) {
      const index = 'id' in event ? indexOf.get(event.id) : undefined
      if (index === undefined) return
      if (event.type === 'attempt-started') {
        state[index] = running
        startedAt[index] = event.at
      } else if (event.type === 'attempt-failed') {
        if (event.retryInMs === undefined) return
        state[index] = waiting
        queue.push(index)
      } else if (isTerminal(event)) ended(index, event.type === 'operation-succeeded' && ranByItself(event) ? event.durationMs : undefined)
    },
    eta(at) {
      // A forecast of many operations takes some ms: it stands for a while, and the time that passes is taken off.
      if (latest !== undefined && at < latest.until) return latest.eta && later(latest.eta, at - latest.at)
      const eta = enough() ? compute(at) : undefined
      latest = { at, eta, until: at + (eta === undefined ? 0 : Math.min(mostSteps, left * fewestDraws) * msForStep) }
      return eta
    },
  }
}

function later({ leftMs, lowMs, highMs }: Eta, ms: number): Eta {
  return { leftMs: Math.max(0, leftMs - ms), lowMs: Math.max(0, lowMs - ms), highMs: Math.max(0, highMs - ms) }
}
