import { seededRandom } from '../../../src/engine/time/random.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { forecast } from '../../../src/monitor/forecast/forecast.js'
import type { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { timesOrder } from '../../../src/monitor/history/timesOrder.js'
import type { PlanGraph } from '../../../src/monitor/meter/planGraph.js'
import { runRecord } from '../history/records.js'

/** A plan to be simulated: what each operation usually takes, and what it waits for, by index. */
export interface UsualOperation {
  readonly id: string
  readonly name: string
  readonly ms: number
  readonly waitsFor: readonly number[]
}

/** How times differ from the usual: standard deviations of the logarithm, of each operation and of a whole run, and the share of outliers. */
export interface TimeNoise {
  readonly operation: number
  readonly run: number
  readonly outliers: number
}

/** One forecast of a simulated run: what was foretold, and what it came to. */
export interface Foretold {
  /** Whether the interval holds the end. */
  readonly holds: boolean
  /** The width of the interval ÷ what was left. */
  readonly width: number
  /** |foretold − true| ÷ makespan. */
  readonly off: number
}

/** The graph of a plan, as the engine numbers it. */
export function graphOfUsual(operations: readonly UsualOperation[]): PlanGraph {
  const dependents = operations.map((): number[] => [])
  operations.forEach(({ waitsFor }, index) => waitsFor.forEach((before) => dependents[before]!.push(index)))
  const offsets = [0]
  for (const after of dependents) offsets.push(offsets.at(-1)! + after.length)
  return {
    operations,
    nodes: operations.length,
    waits: Int32Array.from(operations.map(({ waitsFor }) => waitsFor.length)),
    offsets: Int32Array.from(offsets),
    targets: Int32Array.from(dependents.flat()),
  }
}

/** Runs a plan with so many runs before it, and forecasts its end at some of the ends of its operations. */
export function foretell(
  operations: readonly UsualOperation[],
  { seed, slots, runs, noise, samples = 12 }: { seed: number; slots: number; runs: number; noise: TimeNoise; samples?: number },
): { readonly told: readonly Foretold[]; readonly asked: number } {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const times = (): readonly number[] => {
    const all = noise.run * normal()
    return operations.map(
      ({ ms }) => ms * Math.exp(all + noise.operation * normal()) * (random() < noise.outliers ? 1.5 + 2 * random() : 1),
    )
  }
  const { order, hash } = timesOrder(operations.map(({ id }) => id))
  const history = Array.from({ length: runs }, (): RunRecord => {
    const took = times()
    return runRecord({ times: { ids: hash, ms: order.map((index) => Number(took[index]!.toPrecision(3))) } })
  })
  const graph = graphOfUsual(operations)
  const ahead = forecast(graph, slots, history)
  const took = times()
  const left = Int32Array.from(graph.waits)
  const ready = operations.flatMap(({ waitsFor }, index) => (waitsFor.length === 0 ? [index] : []))
  let running: { readonly index: number; readonly end: number }[] = []
  const asked: { readonly at: number; readonly eta: ReturnType<typeof ahead.eta> }[] = []
  const every = Math.max(1, Math.floor(operations.length / samples))
  let [at, next, ended] = [0, 0, 0]
  const stamp = (index: number) => ({ runId: 'r', seq: 0, at, id: operations[index]!.id })
  const tell = (event: BatchEvent): void => ahead.observe(event)
  while (next < ready.length || running.length > 0) {
    while (next < ready.length && running.length < slots) {
      const index = ready[next++]!
      tell({ type: 'attempt-started', ...stamp(index), attempt: 1 })
      running.push({ index, end: at + took[index]! })
    }
    const first = running.reduce((least, one) => (one.end < least.end ? one : least))
    running = running.filter((one) => one !== first)
    const { index } = first
    at = first.end
    tell({ type: 'operation-succeeded', ...stamp(index), value: null, durationMs: took[index]!, waitedMs: 0, attempts: 1 })
    for (let edge = graph.offsets[index]!; edge < graph.offsets[index + 1]!; edge++) {
      const target = graph.targets[edge]!
      if (--left[target]! === 0) ready.push(target)
    }
    if (++ended % every === 0 && running.length > 0) asked.push({ at, eta: ahead.eta(at) })
  }
  const told = asked.flatMap(({ at: then, eta }): readonly Foretold[] => {
    if (eta === undefined) return []
    const leftMs = at - then
    return [
      {
        holds: eta.lowMs <= leftMs && leftMs <= eta.highMs,
        width: (eta.highMs - eta.lowMs) / leftMs,
        off: Math.abs(eta.leftMs - leftMs) / at,
      },
    ]
  })
  return { told, asked: asked.length }
}
