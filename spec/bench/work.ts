import { longestPath, type Shape } from './shape.js'

/** How an operation's body ends: at once, in a microtask, or after a real sleep. */
export type WorkKind = 'sync' | 'async' | 'sleep'

/** The bodies that every contender runs, which watch how they are run. */
export interface Work {
  readonly kind: WorkKind
  /** The body of one operation: gives its index. */
  perform(index: number): number | Promise<number>
  /** What was done wrong: an operation that never ran, ran twice or too early, too many at once. Empty when all is well. */
  problems(): readonly string[]
  /** First start to last end, and the least time that any schedule of these bodies can take; only of sleeps. */
  times(): { readonly makespanMs: number; readonly boundMs: number } | undefined
  /** Forgets everything, for one more run. */
  reset(): void
}

export interface WorkSettings {
  readonly kind: WorkKind
  readonly concurrency: number
  /** Called once, in the body with which half of them have begun. */
  readonly halfWay?: () => void
}

/** From 2 to 18 ms, the same in every process. */
function sleepMsOf(index: number): number {
  return 2 + ((index * 7_919) % 17)
}

export function workOf(shape: Shape, { kind, concurrency, halfWay }: WorkSettings): Work {
  const { size, offsets, sources } = shape
  const done = new Uint8Array(size)
  const took = new Float64Array(kind === 'sleep' ? size : 0)
  const half = size >>> 1
  let begun = 0
  let ended = 0
  let early = 0
  let running = 0
  let mostRunning = 0
  let firstStart = Infinity
  let lastEnd = 0

  const enter = (index: number): void => {
    for (let at = offsets[index]!; at < offsets[index + 1]!; at++) if (done[sources[at]!] === 0) early++
    if (++running > mostRunning) mostRunning = running
    if (++begun === half) halfWay?.()
  }
  const leave = (index: number): number => {
    running--
    ended++
    done[index]!++
    return index
  }

  const perform = {
    sync(index: number): number {
      enter(index)
      return leave(index)
    },
    async async(index: number): Promise<number> {
      enter(index)
      await Promise.resolve()
      return leave(index)
    },
    async sleep(index: number): Promise<number> {
      enter(index)
      const startedAt = performance.now()
      firstStart = Math.min(firstStart, startedAt)
      await new Promise((resolve) => setTimeout(resolve, sleepMsOf(index)))
      lastEnd = performance.now()
      took[index] = lastEnd - startedAt
      return leave(index)
    },
  }[kind]

  return {
    kind,
    perform,
    problems() {
      const missing = done.reduce((count, times) => (times === 0 ? count + 1 : count), 0)
      return [
        ...(missing > 0 ? [`${missing} of ${size} operations never ran`] : []),
        ...(ended + missing > size ? ['some ran twice'] : []),
        ...(early > 0 ? [`${early} dependencies had not ended when an operation began`] : []),
        ...(mostRunning > concurrency ? [`${mostRunning} ran at once where ${concurrency} may`] : []),
      ]
    },
    times() {
      if (kind !== 'sleep') return undefined
      const sum = took.reduce((total, ms) => total + ms, 0)
      return { makespanMs: lastEnd - firstStart, boundMs: Math.max(longestPath(shape, took), sum / concurrency) }
    },
    reset() {
      done.fill(0)
      begun = ended = early = running = mostRunning = lastEnd = 0
      firstStart = Infinity
    },
  }
}
