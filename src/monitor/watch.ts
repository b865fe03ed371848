import type { BatchEvent, RunStarted } from '../model/event.js'
import type { PlanGraph } from './meter/planGraph.js'
import { alarms } from './alerts/alarms.js'
import type { AlertRule } from '../model/metrics/alert.js'
import { alertText } from './alerts/alertText.js'
import { recentStarts } from './alerts/recentStarts.js'
import { forecast, mostScheduled } from './forecast/forecast.js'
import type { RunRecord } from './history/runRecord.js'
import { meter } from './meter/meter.js'
import type { ProcessReading } from './meter/processMeter.js'
import { sampler } from './meter/sampler.js'
import { againstHistory } from './trends/againstHistory.js'
import { runTrends } from './trends/runTrends.js'
import { trendChanged } from './trends/trendChanged.js'
import type { MonitorEvent } from '../model/metrics/monitorEvent.js'

/** What to watch besides the events. */
export interface WatchOptions {
  /** The graph of the plan that runs, of `planGraph`. Without it there is no critical path, no bound and no efficiency. */
  readonly graph?: PlanGraph
  /** Earlier runs of the plan, oldest first, that can be compared with this one: for the end of the run, and for trends against them. */
  readonly history?: readonly RunRecord[]
  readonly alerts?: readonly AlertRule[]
  /** Reads the memory and CPU time of the process, at the start of a run and at each sample. */
  readonly sampleProcess?: () => ProcessReading
}

/** Watches one run: counts its events, and returns its metrics when asked. */
export interface Watch {
  /** `index` is that of its operation in the run, where it is known. */
  observe(event: BatchEvent, index?: number): void
  /** Whether `changes` has any. It is a field, set when the run was evaluated, because a call for each event costs more. */
  hasChanges: boolean
  /** What the events observed since this was asked last changed: trends that began or ended. */
  changes(): readonly MonitorEvent[]
  /** The metrics at a time, then the alerts of which the condition began to hold. */
  sample(at: number, final: boolean): readonly MonitorEvent[]
}

export function watch(started: RunStarted, { alerts = [], graph, history = [], sampleProcess }: WatchOptions): Watch {
  const { runId } = started
  const trends = runTrends(started)
  const counted = meter(started, graph === undefined ? {} : { graph })
  const { state } = counted
  const ahead = graph !== undefined && graph.operations.length <= mostScheduled ? forecast(graph, started.concurrency, history) : undefined
  const metricsAt = sampler(state, sampleProcess, ahead && ((at) => ahead.eta(at)))
  const earlier = graph === undefined || history.length === 0 ? undefined : againstHistory(started, graph, history)
  const begun = alarms(alerts)
  const starts = recentStarts(Math.max(0, ...alerts.map((rule) => (rule.type === 'retry-storm' ? rule.withinMs : 0))))
  let afterSeq = -1
  const self: Watch = {
    observe(event, index) {
      // The final sample stands before `run-finished`, which it counts in: it is told as the sample after the event before.
      if (event.type !== 'run-finished') afterSeq = event.seq
      counted.observe(event, index)
      ahead?.observe(event)
      if (state.endedTried >= trends.lookAt) {
        trends.look(state)
        self.hasChanges ||= trends.hasChanged()
      }
      if (earlier === undefined || event.type !== 'operation-succeeded') return
      earlier.observe(event)
      self.hasChanges ||= earlier.hasChanged()
    },
    hasChanges: false,
    changes() {
      self.hasChanges = false
      return [...trends.changed(), ...(earlier?.changed() ?? [])].map((trend) =>
        trendChanged({ runId, afterSeq, at: state.occupancy.at }, trend),
      )
    },
    sample(time, final) {
      // Timers and events may read the clock in either order within a ms.
      const at = Math.max(time, state.occupancy.at)
      const metrics = metricsAt(at)
      starts.mark(at, state.attempts, state.retries)
      const stamp = { runId, afterSeq, at } as const
      const { lastEventAt, lastEndAt } = state
      const raised = begun({ at, metrics, lastEventAt, lastEndAt, final, startedSince: (since) => starts.since(since) })
      return [
        { type: 'metrics-sampled', ...stamp, metrics, trends: [...trends.all(), ...(earlier?.all() ?? [])] },
        ...raised.map((alert) => ({ type: 'alert-raised', ...stamp, alert, message: alertText(alert) }) as const),
      ]
    },
  }
  return self
}
