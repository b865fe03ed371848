// monitor/alerts: rules over live metrics, and the alerts that they raise.
import type { Metrics } from '../../model/metrics/metrics.js'
import type { Alert, AlertRule } from '../../model/metrics/alert.js'

/** A moment of a run, as rules see it. */
export interface Moment {
  readonly at: number
  readonly metrics: Metrics
  /** When the last event of any kind came, and when an operation last ended (or the run started). */
  readonly lastEventAt: number
  readonly lastEndAt: number
  /** The run is over: all there will be to judge by. */
  readonly final: boolean
  /** What was started since a time. */
  readonly startedSince: (time: number) => { readonly attempts: number; readonly retries: number }
}

const fewestEnded = 10
const fewestSucceeded = 20
const fewestAttempts = 10

/** The alert, when the rule's condition holds at this moment. */
export function judge(rule: AlertRule, moment: Moment): Alert | undefined {
  const { at, metrics, final } = moment
  const { counts } = metrics
  switch (rule.type) {
    case 'failure-rate': {
      const { failed } = counts
      const ended = failed + counts.succeeded
      const rate = failed / ended
      return (final || ended >= fewestEnded) && rate > rule.above ? { ...rule, failed, ended, rate } : undefined
    }
    case 'p95': {
      const times = metrics.types.find(({ name }) => name === rule.operation)?.runMs
      if (times === undefined || times.count < (final ? 1 : fewestSucceeded)) return undefined
      return times.p95Ms > rule.aboveMs ? { ...rule, p95Ms: times.p95Ms, count: times.count } : undefined
    }
    case 'stalled': {
      const silentMs = at - moment.lastEventAt
      return !final && silentMs >= rule.forMs ? { ...rule, silentMs, running: counts.running } : undefined
    }
    case 'no-progress': {
      const sinceMs = at - moment.lastEndAt
      return !final && sinceMs >= rule.forMs ? { ...rule, sinceMs, running: counts.running, ready: counts.ready } : undefined
    }
    case 'retry-storm': {
      const { attempts, retries } = moment.startedSince(at - rule.withinMs)
      const rate = retries / attempts
      return attempts >= fewestAttempts && rate > rule.above ? { ...rule, retries, attempts, rate } : undefined
    }
  }
}
