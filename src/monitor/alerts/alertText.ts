import type { Alert } from '../../model/metrics/alert.js'

/** An alert in one sentence, with its numbers and its bound. */
export function alertText(alert: Alert): string {
  switch (alert.type) {
    case 'failure-rate':
      return `${alert.failed} of ${alert.ended} operations failed: ${percent(alert.rate)}, more than ${percent(alert.above)}.`
    case 'p95':
      return `The p95 of ${alert.count} ${alert.operation} is ${ms(alert.p95Ms)}, above ${ms(alert.aboveMs)}.`
    case 'stalled':
      return `No event for ${ms(alert.silentMs)} with ${alert.running} running (limit: ${ms(alert.forMs)}).`
    case 'no-progress':
      return `No operation has ended for ${ms(alert.sinceMs)}, with ${alert.running} running and ${alert.ready} ready (limit: ${ms(alert.forMs)}).`
    case 'retry-storm':
      return `${alert.retries} of the last ${alert.attempts} attempts were retries: ${percent(alert.rate)} within ${ms(alert.withinMs)}, more than ${percent(alert.above)}.`
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

function ms(value: number): string {
  return `${Number(value.toFixed(1)).toLocaleString('en-US')} ms`
}
