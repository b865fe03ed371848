import { changeOf } from '../../src/monitor/statistics/change.js'
import { trendOfValues } from '../../src/monitor/statistics/trend.js'
import { unchangedSeries, usual } from '../monitor/statistics/unchangedSeries.js'

// Prints the tables of docs/statistics.md on how often verdicts are wrong: node .spec/spec/bench/trendFigures.js

const noises = [
  { text: '3 %, ρ 0.5', noise: usual },
  { text: '4 %, ρ 0.7', noise: { ...usual, drift: 0.04, correlation: 0.7 } },
  { text: '4 %, ρ 0.9', noise: { ...usual, drift: 0.04, correlation: 0.9 } },
] as const

const percent = (found: number, of: number): string => {
  const value = (100 * found) / of
  return `${value < 3 || (value > 99 && value < 100) ? value.toFixed(1) : Math.round(value)} %`
}

/** The share of series in which the last five runs, so many times as long, are told to have changed. */
function changesTold(before: number, noise: (typeof noises)[number]['noise'], factor: number, rounds: number): string {
  const next = unchangedSeries(before, noise)
  let told = 0
  for (let round = 0; round < rounds; round++) {
    const series = next(before + 5)
    const { verdict } = changeOf(
      series.slice(0, before),
      series.slice(before).map((value) => value * factor),
      round,
    )
    if (factor === 1 ? verdict === 'slower' || verdict === 'faster' : verdict === 'slower') told++
  }
  return percent(told, rounds)
}

/** The share of series that rise by so much from the first run to the last and are told to. */
function trendsTold(runs: number, noise: (typeof noises)[number]['noise'], rise: number, rounds: number): string {
  const next = unchangedSeries(runs, noise)
  let told = 0
  for (let round = 0; round < rounds; round++) {
    const { verdict } = trendOfValues(
      next(runs).map((value, index) => value * (1 + (rise * index) / (runs - 1))),
      'lower',
    )
    if (rise === 0 ? verdict !== 'steady' : verdict === 'declining') told++
  }
  return percent(told, rounds)
}

function row(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

row(['runs before', 'drift', 'false', '+20 % found', '+40 % found'])
row(['---', '---', '---', '---', '---'])
for (const [runs, { text, noise }] of [
  [20, noises[0]],
  [20, noises[1]],
  [20, noises[2]],
  [10, noises[0]],
  [5, noises[0]],
] as const)
  row([String(runs), text, ...[1, 1.2, 1.4].map((factor) => changesTold(runs, noise, factor, 600))])
process.stdout.write('\n')
row(['runs', 'drift', 'false', '+20 % found', '+40 % found', '+60 % found'])
row(['---', '---', '---', '---', '---', '---'])
for (const [runs, { text, noise }] of [
  [10, noises[0]],
  [20, noises[0]],
  [50, noises[0]],
  [100, noises[0]],
  [50, noises[2]],
] as const)
  row([String(runs), text, ...[0, 0.2, 0.4, 0.6].map((rise) => trendsTold(runs, noise, rise, 2_000))])
