// What `npm run bench` runs once it is built: see run.mjs for its options.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { compareBuilds } from './against.js'
import { allCases, quickCases } from './cases.js'
import { growthOf, type Finding } from './finding.js'
import { realGraphs, tableOfGraphs } from './realGraphs.js'
import { measureCase, type RoundSettings } from './rounds.js'
import { tableOf } from './table.js'

const { values, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Where the build to compare with lies. */
    before: { type: 'string' },
    graphs: { type: 'string' },
  },
  allowPositionals: true,
})
const { quick, json, before, graphs } = values
const settings: RoundSettings = quick
  ? { rounds: 3, limitMs: 15_000, limitUs: 150, onceMs: 3_000 }
  : { rounds: 5, limitMs: 60_000, limitUs: 100, onceMs: 30_000 }
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`

const cases = (quick ? quickCases : allCases).filter(({ name }) => positionals.every((word) => name.includes(word)))
if (cases.length === 0)
  throw new Error(`No case is called ${positionals.join(' ')}. There are: ${quickCases.map(({ name }) => name).join('; ')}.`)

if (before !== undefined) {
  const compared = await compareBuilds(before, cases, quick ? 5 : 11, (line) => process.stderr.write(`${line}\n`))
  process.stdout.write(
    json ? `${JSON.stringify({ machine, compared }, undefined, 2)}\n` : `${compared.map(({ text }) => text).join('\n')}\n`,
  )
} else if (graphs !== undefined) {
  const rows = await realGraphs(graphs)
  process.stdout.write(json ? `${JSON.stringify({ machine, rows }, undefined, 2)}\n` : `${tableOfGraphs(rows)}\n`)
} else {
  const findings: Finding[] = []
  for (const one of cases) {
    process.stderr.write(`${one.name}: ${one.contenders.join(', ')}\n`)
    findings.push(await measureCase(one, settings))
  }
  const growth = growthOf(findings, 'layered')
  if (json) process.stdout.write(`${JSON.stringify({ machine, settings, findings, growth }, undefined, 2)}\n`)
  else {
    process.stdout.write(`\n${machine}; ${settings.rounds} rounds, each contender in a fresh process; CPU time, user and system\n`)
    process.stdout.write('By hand: µs an operation. The others: how many times that, in the same round: median (least–most).\n\n')
    process.stdout.write(`${tableOf(findings)}\n`)
    for (const [contender, exponent] of growth) process.stdout.write(`growth of layered, ${contender}: exponent ${exponent.toFixed(2)}\n`)
  }
}
