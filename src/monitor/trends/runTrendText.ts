import type { RunTrend } from '../../model/metrics/runTrend.js'

/** A trend in one sentence, with its numbers. */
export function runTrendText({ metric, name, against, direction, before, now, ratio }: RunTrend): string {
  const what = name === undefined ? subjects[metric] : `${subjects[metric]} of ${name}`
  const value = (figure: number): string => valueText(metric, figure)
  const since = against === 'run' ? 'before' : 'in earlier runs'
  switch (direction) {
    case 'rising':
    case 'falling':
      return `${what} is ${direction}: ${value(now)} now, ${value(before)} ${since} (${ratio.toFixed(2)}x).`
    case 'steady':
      return `${what} is steady: ${value(now)}.`
    case 'unsettled':
      return `${what} is not clear yet: ${value(now)}.`
  }
}

const subjects: Readonly<Record<RunTrend['metric'], string>> = {
  throughput: 'Throughput',
  runMs: 'The run time',
  waitMs: 'The wait of the next ready operation',
  failureRate: 'The failure rate',
  readyQueue: 'The number of ready operations',
}

function valueText(metric: RunTrend['metric'], value: number): string {
  const number = Number(value.toPrecision(3)).toLocaleString('en-US')
  switch (metric) {
    case 'throughput':
      return `${number} a second`
    case 'runMs':
    case 'waitMs':
      return `${number} ms`
    case 'failureRate':
      return `${Number((100 * value).toFixed(1))} %`
    case 'readyQueue':
      return number
  }
}
