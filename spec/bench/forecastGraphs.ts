// Built along with the specs; then: node .spec/spec/bench/forecastGraphs.js FOLDER
// How often the ETA's 90 % interval holds on recorded graphs (the form of realGraphs.ts), how wide it is, and how far off: a table for docs.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { median } from '../../src/monitor/histogram/quantile.js'
import { foretell, type Foretold, type UsualOperation } from '../monitor/forecast/simulatedForecast.js'

interface Recorded {
  readonly ops: readonly { readonly id: string; readonly name: string; readonly runtime_ms: number; readonly deps: readonly string[] }[]
}

const [folder = '.'] = process.argv.slice(2)
const noise = { operation: 0.08, run: 0.03, outliers: 0.005 }
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.3 ? 1 : 0)} %`

function operationsOf(name: string): readonly UsualOperation[] {
  const { ops } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded // The caller says that it is one.
  const indexOf = new Map(ops.map(({ id }, index) => [id, index]))
  return ops.map(({ id, name: type, runtime_ms: ms, deps }) => ({
    id,
    name: type,
    ms: Math.max(0.01, ms),
    waitsFor: [...new Set(deps)].map((dep) => indexOf.get(dep)!),
  }))
}

function row(title: string, told: readonly Foretold[]): string {
  const held = told.filter(({ holds }) => holds).length / told.length
  return `| ${title} | ${told.length} | ${percent(held)} | ${percent(median(told.map(({ width }) => width)))} | ${percent(median(told.map(({ off }) => off)))} |`
}

const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'manifest.json')
console.log('| graph | forecasts | interval holds | median width | median error |\n| --- | --- | --- | --- | --- |')
const without = names.flatMap((name) => {
  const operations = operationsOf(name)
  return [2, 6, 16].flatMap((slots) => [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => foretell(operations, { seed, slots, runs: 0, noise })))
})
const all = names.sort().flatMap((name) => {
  const operations = operationsOf(name)
  const told = [2, 6, 16].flatMap((slots) => [1, 2, 3, 4].flatMap((seed) => foretell(operations, { seed, slots, runs: 5, noise }).told))
  console.log(row(`${name.replace(/\.json$/, '')}, ${operations.length} operations`, told))
  return told
})
console.log(row('all', all))
console.log(
  row(
    'all, without earlier runs',
    without.flatMap(({ told }) => told),
  ),
)
console.log(`Without earlier runs it was asked for ${without.reduce((sum, { asked }) => sum + asked, 0)} times.`)
