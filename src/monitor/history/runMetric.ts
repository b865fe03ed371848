import type { Better } from '../statistics/trend.js'
import type { RunRecord } from './runRecord.js'

interface RunMetric {
  readonly better: Better
  /** It says something of runs that failed too. */
  readonly ofFailed?: true
  /** Undefined when a run does not have it. */
  readonly of: (run: RunRecord) => number | undefined
}

const ofRun: ReadonlyMap<string, RunMetric> = new Map<string, RunMetric>([
  ['makespanMs', { better: 'lower', of: ({ makespanMs }) => makespanMs }],
  ['workMs', { better: 'lower', of: ({ workMs }) => workMs }],
  ['retriedMs', { better: 'lower', of: ({ retriedMs }) => retriedMs }],
  ['retries', { ofFailed: true, better: 'lower', of: ({ retries }) => retries }],
  ['criticalPathMs', { better: 'lower', of: ({ criticalPathMs }) => criticalPathMs }],
  ['successRate', { ofFailed: true, better: 'higher', of: ({ counts: { succeeded, total } }) => share(succeeded, total) }],
  [
    'throughput',
    { better: 'higher', of: ({ counts: { succeeded, failed }, makespanMs }) => share((succeeded + failed) * 1_000, makespanMs) },
  ],
  ['meanConcurrency', { better: 'higher', of: ({ workMs, makespanMs }) => share(workMs, makespanMs) }],
  ['slotUtilisation', { better: 'higher', of: ({ slotMs, concurrency, makespanMs }) => share(slotMs, concurrency * makespanMs) }],
  ['retriedShare', { better: 'lower', of: ({ retriedMs, workMs }) => share(retriedMs, workMs) }],
  ['dependencyIdleShare', { better: 'lower', of: (run) => share(run.idle.dependencyMs, run.concurrency * run.makespanMs) }],
  ['poolIdleShare', { better: 'lower', of: (run) => share(run.idle.poolMs, run.concurrency * run.makespanMs) }],
  ['lowerBoundMs', { better: 'lower', of: lowerBoundOf }],
  ['efficiency', { better: 'higher', of: (run) => share(lowerBoundOf(run), run.makespanMs) }],
])

const ofType = /^(.+)\.(p50Ms|p95Ms|meanMs|timeouts)$/u

/** The metric of this name: one of a run, or `p50Ms`, `p95Ms`, `meanMs` or `timeouts` of a type, as `file.write.p95Ms`. */
export function runMetric(name: string): RunMetric | undefined {
  const [, typeName, figure] = ofType.exec(name) ?? []
  if (typeName === undefined) return ofRun.get(name)
  const of = (run: RunRecord): number | undefined => {
    const type = run.types.find((candidate) => candidate.name === typeName)
    if (type === undefined) return undefined
    if (figure === 'meanMs') return share(type.sumMs, type.count)
    return figure === 'p50Ms' ? type.p50Ms : figure === 'p95Ms' ? type.p95Ms : type.timeouts
  }
  return { better: 'lower', of }
}

/** Names of all metrics that any of these runs has. */
export function runMetricNames(runs: readonly RunRecord[]): readonly string[] {
  const types = new Set(runs.flatMap((run) => run.types.map(({ name }) => name)))
  const names = [...ofRun.keys(), ...[...types].flatMap((type) => [`${type}.p50Ms`, `${type}.p95Ms`, `${type}.meanMs`, `${type}.timeouts`])]
  return names.filter((name) => runs.some((run) => runMetric(name)?.of(run) !== undefined))
}

/** `max(critical path, slot work ÷ concurrency)`; undefined when the graph was not known. */
export function lowerBoundOf({ criticalPathMs, slotMs, concurrency }: RunRecord): number | undefined {
  return criticalPathMs === undefined || concurrency === 0 ? undefined : Math.max(criticalPathMs, slotMs / concurrency)
}

function share(part: number | undefined, whole: number): number | undefined {
  return part === undefined || whole === 0 ? undefined : part / whole
}
