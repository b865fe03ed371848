import type { BatchEvent } from '../../src/index.js'
import type { Contender, Job } from './contender.js'

/**
 * What a good programmer writes for just this: a countdown for every operation, a list of those that are ready, direct calls of the
 * bodies. It makes the same typed events for a subscriber as the engine does (ready, started, succeeded, with times from the same
 * monotonic clock, numbered) and calls it with each. It has no retries, time limits, cancellation, priorities, failures or journal,
 * and it trusts its input.
 *
 * Laying out who waits for whom is not timed, as reading the plan is not part of the engine's own figure.
 */
export function handLoop(hear: (event: BatchEvent) => void): Contender {
  return { prepare: (job) => ({ run: job.work.kind === 'sync' ? syncLoop(job, hear) : asyncLoop(job, hear) }) }
}

interface Layout {
  readonly ids: readonly string[]
  readonly waits: Int32Array
  readonly offsets: Int32Array
  readonly targets: Int32Array
  readonly bodies: readonly (() => number | Promise<number>)[]
}

function layoutOf({ shape: { size, offsets: from, sources }, work }: Job): Layout {
  const [waits, offsets] = [new Int32Array(size), new Int32Array(size + 1)]
  for (const source of sources) offsets[source + 1]!++
  for (let index = 0; index < size; index++) {
    waits[index] = from[index + 1]! - from[index]!
    offsets[index + 1]! += offsets[index]!
  }
  const [next, targets] = [offsets.slice(), new Int32Array(sources.length)]
  for (let index = 0; index < size; index++) for (let at = from[index]!; at < from[index + 1]!; at++) targets[next[sources[at]!]!++] = index
  const ids = Array.from({ length: size }, (_, index) => `o${index}`)
  return { ids, waits, offsets, targets, bodies: ids.map((_, index) => () => work.perform(index)) }
}

const { timeOrigin } = performance
const now = (): number => timeOrigin + performance.now()
const runId = 'bench'
const name = 'code.function'

function syncLoop(job: Job, hear: (event: BatchEvent) => void): () => void {
  const { ids, waits, offsets, targets, bodies } = layoutOf(job)
  const { size } = job.shape
  return () => {
    const waiting = waits.slice()
    const readyAt = new Float64Array(size)
    const ready: number[] = []
    let seq = 0
    const open = (index: number): void => {
      const at = (readyAt[index] = now())
      ready.push(index)
      hear({ type: 'operation-ready', runId, seq: seq++, at, id: ids[index]!, name })
    }
    for (let index = 0; index < size; index++) if (waiting[index] === 0) open(index)
    for (let head = 0; head < ready.length; head++) {
      const index = ready[head]!
      const id = ids[index]!
      const startedAt = now()
      hear({ type: 'attempt-started', runId, seq: seq++, at: startedAt, id, attempt: 1 })
      const value = bodies[index]!()
      const at = now()
      const [durationMs, waitedMs] = [at - startedAt, startedAt - readyAt[index]!]
      hear({ type: 'operation-succeeded', runId, seq: seq++, at, id, value, durationMs, waitedMs, attempts: 1 })
      for (let edge = offsets[index]!; edge < offsets[index + 1]!; edge++) if (--waiting[targets[edge]!]! === 0) open(targets[edge]!)
    }
  }
}

function asyncLoop(job: Job, hear: (event: BatchEvent) => void): () => Promise<void> {
  const { ids, waits, offsets, targets, bodies } = layoutOf(job)
  const { shape, concurrency } = job
  return () =>
    new Promise<void>((resolve, reject) => {
      const waiting = waits.slice()
      const readyAt = new Float64Array(shape.size)
      const ready: number[] = []
      let [seq, head, running, ended] = [0, 0, 0, 0]
      const open = (index: number): void => {
        const at = (readyAt[index] = now())
        ready.push(index)
        hear({ type: 'operation-ready', runId, seq: seq++, at, id: ids[index]!, name })
      }
      const start = (index: number): void => {
        const id = ids[index]!
        const startedAt = now()
        running++
        hear({ type: 'attempt-started', runId, seq: seq++, at: startedAt, id, attempt: 1 })
        Promise.resolve(bodies[index]!()).then((value) => {
          const at = now()
          running--
          const [durationMs, waitedMs] = [at - startedAt, startedAt - readyAt[index]!]
          hear({ type: 'operation-succeeded', runId, seq: seq++, at, id, value, durationMs, waitedMs, attempts: 1 })
          for (let edge = offsets[index]!; edge < offsets[index + 1]!; edge++) if (--waiting[targets[edge]!]! === 0) open(targets[edge]!)
          if (++ended === shape.size) resolve()
          else fill()
        }, reject)
      }
      const fill = (): void => {
        while (running < concurrency && head < ready.length) start(ready[head++]!)
      }
      for (let index = 0; index < shape.size; index++) if (waiting[index] === 0) open(index)
      fill()
    })
}
