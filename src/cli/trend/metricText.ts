import { duration } from '../../terminal/text/duration.js'

const shares: ReadonlySet<string> = new Set(['successRate', 'slotUtilisation', 'efficiency', 'poolIdleShare', 'dependencyIdleShare'])

/** A metric's value with its unit: `1.2 s`, `94 %`, `3.1 a second`. */
export function metricText(metric: string, value: number): string {
  if (metric.endsWith('Ms')) return value < 0 ? `-${fine(-value)}` : fine(value)
  if (shares.has(metric)) return `${Number((100 * value).toFixed(1))} %`
  const number = String(Number(value.toPrecision(3)))
  return metric === 'throughput' ? `${number} a second` : number
}

/** Small times to the tenth: a slope of 0.4 ms a run is not 0 ms. */
function fine(ms: number): string {
  return ms > 0 && ms < 100 ? `${Number(ms.toPrecision(2))} ms` : duration(ms)
}
