import * as E from 'fp-ts/lib/Either.js'
import { availableParallelism } from 'node:os'
import type { OperatorFunction } from 'rxjs'
import { aboutRun } from '../../journal/aboutRun.js'
import { readHistory } from '../../journal/history/historyFile.js'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledPlan, Graph } from '../../model/graph.js'
import type { OperationRegistry } from '../../model/operationType.js'
import type { AlertRule } from '../../model/metrics/alert.js'
import type { AnyEvent } from '../../model/metrics/monitorEvent.js'
import { alertRule, describeAlertRuleFault, type AlertRuleFault } from '../../monitor/alerts/alertRule.js'
import { isEvidence } from '../../monitor/history/comparable.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import { sinceStep } from '../../monitor/history/sinceStep.js'
import { monitor } from '../../monitor/monitor.js'
import { textTaskName } from '../../operations/agent/prepareTask.js'
import type { Config } from '../../operations/config/config.js'

/** The flags by which a run is monitored. */
export interface WatchingFlags {
  readonly metrics?: true
  readonly alert?: readonly string[]
  readonly config?: Config
}

/**
 * The rules of the flags and of the configuration; the Left is everything wrong with them, in words. A flag is for this plan, and has
 * to name a type of it; a configuration serves every plan, and has to name a type there is.
 */
export function rulesOf(
  { alert = [], config = {} }: WatchingFlags,
  { operations }: Graph,
  registry: OperationRegistry,
): E.Either<string, readonly AlertRule[]> {
  const all = new Set([...registry.keys(), textTaskName])
  const servers = new Set(Object.keys(config.mcpServers ?? {}))
  const inPlan = new Set(operations.map(({ name }) => name))
  // What an agent is given to do is known only when it is given.
  const toAgents = [...inPlan].some((name) => /^(?:agent|swarm)\./u.test(name))
  const ofPlan = toAgents ? all : inPlan
  const read = [
    ...alert.map((text) => ({ place: '--alert', rule: readRule(text, 'plan', ofPlan) })),
    ...(config.alerts ?? []).map((text, index) => ({
      place: `alerts[${index}] of the configuration`,
      rule: readRule(text, 'configuration', all, servers),
    })),
  ]
  const faults = read.flatMap(({ place, rule }) => (rule._tag === 'Left' ? [`${place}: ${describeAlertRuleFault(rule.left)}`] : []))
  return faults.length > 0 ? E.left(faults.join(' ')) : E.right(read.flatMap(({ rule }) => (rule._tag === 'Right' ? [rule.right] : [])))
}

function readRule(
  text: string,
  where: 'plan' | 'configuration',
  known: ReadonlySet<string>,
  servers?: ReadonlySet<string>,
): E.Either<AlertRuleFault, AlertRule> {
  const read = alertRule(text)
  if (read._tag === 'Left' || read.right.type !== 'p95') return read
  const { operation } = read.right
  // The tools of a downstream server are known only once it runs.
  if (known.has(operation) || servers?.has(operation.split('.', 1)[0]!)) return read
  return E.left({ type: 'unknown-type', operation, where, known: [...known].sort() })
}

/** The monitor of a run from the command line, with the earlier runs of the plan that it can be compared with. */
export async function watching(
  { graph, name, concurrency }: CompiledPlan,
  root: string,
  alerts: readonly AlertRule[],
): Promise<OperatorFunction<BatchEvent, AnyEvent>> {
  const { shape } = aboutRun({ graph })
  const like = (run: RunRecord): boolean =>
    (run.shape === shape || (name !== undefined && run.name === name)) &&
    run.concurrency === concurrency &&
    run.cpus === availableParallelism() &&
    run.reused === undefined &&
    isEvidence(run)
  const { entries } = await readHistory(root)
  const history = sinceStep(entries.flatMap(({ run }) => (like(run) ? [run] : [])))
  const sampleProcess = () => {
    const { user, system } = process.cpuUsage()
    return { memoryBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1_000 }
  }
  return monitor({ graph, alerts, history, sampleProcess })
}
