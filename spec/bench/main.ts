// What `npm run bench` runs once it is built: see run.mjs for its options.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { compareBuilds } from './against.js'
import { allCases, quickCases } from './cases.js'
import type { Finding } from './finding.js'
import { growthOf } from './growth.js'
import { realGraphs, tableOfGraphs } from './realGraphs.js'
import { measureCase, type RoundSettings } from './rounds.js'
import { tableOf } from './table.js'
import { tableOfTargets } from './targets.js'

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
  ? { rounds: 3, limitMs: 30_000, limitUs: 150, onceMs: 1_000, caseMs: 15_000 }
  : { rounds: 5, limitMs: 60_000, limitUs: 100, onceMs: 30_000, caseMs: Infinity }
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}`

const cases = (quick ? quickCases : allCases).filter(({ name }) => positionals.every((word) => name.includes(word)))
if (cases.length === 0) {
  process.stderr.write(`No case is called ${positionals.join(' ')}. There are: ${quickCases.map(({ name }) => name).join('; ')}.\n`)
  process.exit(2)
}

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
    process.stderr.write(`${one.name}: ${one.contenders.join(', ')}`)
    const before = performance.now()
    findings.push(await measureCase(one, settings))
    process.stderr.write(` (${((performance.now() - before) / 1_000).toFixed(0)} s)\n`)
  }
  const growth = growthOf(findings, 'layered')
  if (json) process.stdout.write(`${JSON.stringify({ machine, settings, findings, growth }, undefined, 2)}\n`)
  else {
    process.stdout.write(`\n${machine}; at most ${settings.rounds} rounds, each contender in a fresh process\n\n${tableOf(findings)}\n`)
    const targets = tableOfTargets(findings)
    if (targets !== '') process.stdout.write(`\n${targets}\n`)
    if (growth.length > 0) process.stdout.write('\nGrowth of CPU time with size, layered, as an exponent of 100,000 operations and more:\n')
    for (const [contender, exponent] of growth) process.stdout.write(`  ${contender} ${exponent.toFixed(2)}\n`)
  }
}
