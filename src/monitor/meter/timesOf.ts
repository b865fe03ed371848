import type { Histogram } from '../histogram/histogram.js'
import type { Times } from '../../model/metrics/metrics.js'

export function timesOf(times: Histogram): Times {
  const { count, sum, max } = times
  return {
    count,
    meanMs: count === 0 ? 0 : sum / count,
    p50Ms: times.quantile(0.5),
    p95Ms: times.quantile(0.95),
    p99Ms: times.quantile(0.99),
    maxMs: max,
  }
}
