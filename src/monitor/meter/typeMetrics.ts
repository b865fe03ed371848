import type { TypeMetrics } from '../../model/metrics/metrics.js'
import { timesOf } from './timesOf.js'
import type { TypeMeter } from './typeMeter.js'

export function typeMetrics(type: TypeMeter): TypeMetrics {
  const { name, ready, running, retrying, succeeded, failed, cancelled, attempts, retries, run, wait } = type
  const counts = { ready, running, retrying, succeeded, failed, cancelled, attempts, retries }
  return { name, ...counts, runMs: timesOf(run), waitMs: timesOf(wait) }
}
