// model/metrics: what the monitor adds to a run: metrics, alerts and their events.
import type { Usage } from '../usage.js'
import type { OutcomeCounts } from '../summary.js'

/** A distribution of times in ms: exact but for the quantiles, which are at most 4.4 % off. */
export interface Times {
  readonly count: number
  readonly meanMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Metrics of the operations of one type that have become ready. */
export interface TypeMetrics {
  /** `file.write`; `(others)` for everything beyond the first 200 types. */
  readonly name: string
  readonly ready: number
  readonly running: number
  readonly retrying: number
  readonly succeeded: number
  readonly failed: number
  readonly cancelled: number
  readonly attempts: number
  readonly retries: number
  /** Time of the attempts of those that succeeded by themselves: no fallback, no share in another's read. */
  readonly runMs: Times
  /** Time ready or between attempts, of all that ended after an attempt. */
  readonly waitMs: Times
}

/** The number of operations in each state at a sample. */
export interface MetricCounts extends OutcomeCounts {
  /** Gates not yet open. */
  readonly pending: number
  readonly ready: number
  readonly running: number
  /** Between two attempts. */
  readonly retrying: number
}

/** Time that operations spent waiting, in operation-ms, by what they waited for. */
export interface Waiting {
  readonly dependencyMs: number
  readonly slotMs: number
  readonly poolMs: number
  readonly retryMs: number
}

/** Time that slots were free, in slot-ms, by the reason. */
export interface Idle {
  /** Nothing was ready; something waited for dependencies or its next attempt. */
  readonly dependencyMs: number
  /** Something was ready: its pool was full, or its weight did not fit. */
  readonly poolMs: number
  /** Everything had been started: the last ones ran out. */
  readonly tailMs: number
}

/** The time left until the end of the run, if the remaining operations take as long as the finished ones. */
export interface Eta {
  readonly leftMs: number
  /** 90 % interval. */
  readonly lowMs: number
  readonly highMs: number
}

/** Little's law, `L = λ × W`: a check of the times in events against their clock. */
export interface LittlesLaw {
  /** Operations ready, running or between attempts, on average over the run. */
  readonly inSystem: number
  /** Operations that ended after becoming ready, each ms. */
  readonly endedPerMs: number
  /** Their mean `waitedMs + durationMs`. */
  readonly timeInSystemMs: number
  /** `λ × W ÷ L`: 1 at the end of a run whose events are true; before it, less for what is still in the system. */
  readonly ratio: number
}

/** CPU and memory of the process that runs the batch, as `sampleProcess` reads them. */
export interface ProcessMetrics {
  readonly memoryBytes: number
  /** The most at any sample; peaks between two samples are not seen. */
  readonly peakMemoryBytes: number
  /** CPU time since the run started. */
  readonly cpuMs: number
  /** `cpuMs ÷ elapsedMs`: 1 is one core. */
  readonly cpuShare: number
}

/**
 * The metrics of a run at one moment, frozen; parts that did not change since the sample before are the same objects. docs/monitor.md has
 * the formula and the source of each figure. A figure that cannot be known is absent, never 0.
 */
export interface Metrics {
  /** Since `run-started`. */
  readonly elapsedMs: number
  readonly concurrency: number
  readonly counts: MetricCounts
  readonly slotsInUse: number
  readonly attempts: number
  readonly retries: number
  /** Operations that ended after an attempt, each second: in all, and since the sample before. */
  readonly throughput: { readonly overall: number; readonly recent: number }
  /** First start to last end; to now while an attempt runs. */
  readonly makespanMs: number
  /** Σ time of attempts that hold a slot, those still running included. */
  readonly workMs: number
  /** The same, each multiplied by its weight. */
  readonly slotMs: number
  /** Σ time of attempts that failed, of those whose operation was tried again. */
  readonly retriedMs: number
  /** `workMs ÷ makespanMs`. Not a speedup: nothing was run one by one. */
  readonly meanConcurrency?: number
  /** The longest chain of dependent operations so far, by time of attempts. Needs `graph`. */
  readonly criticalPathMs?: number
  /** `max(criticalPathMs, slotMs ÷ concurrency)`: no order of the same operations is faster. Needs `graph`. */
  readonly lowerBoundMs?: number
  /** `lowerBoundMs ÷ makespanMs`. */
  readonly efficiency?: number
  /** `slotMs ÷ (concurrency × makespanMs)`. */
  readonly slotUtilisation?: number
  readonly waiting: Waiting
  readonly idle: Idle
  readonly eta?: Eta
  readonly littlesLaw?: LittlesLaw
  readonly process?: ProcessMetrics
  /** What language models used so far; absent where nothing reported any. */
  readonly usage?: Usage
  /** In the order in which the first of each became ready. */
  readonly types: readonly TypeMetrics[]
}
