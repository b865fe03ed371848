// Built along with the specs; then: node .spec/spec/bench/journal.js [operations] [folder]
// What keeping an event costs: the events of a run appended to a log, three an operation, flushed every 1,000 events, CPU time of the
// process by durability, median of five rounds. The folder should lie on a real disk, or power shows nothing of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLog, type Durability } from '../../src/journal/log/logFile.js'
import { median } from '../../src/monitor/histogram/quantile.js'
import { syntheticRun } from './syntheticRun.js'

const operations = Number(process.argv[2] ?? 100_000)
const events = syntheticRun(operations).map((event, seq) => ({ ...event, seq }))
const folder = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'millrace-bench-'))

interface Round {
  readonly cpuUs: number
  readonly wallUs: number
}

async function round(durability: Durability): Promise<Round> {
  const path = join(folder, 'events.ndjson')
  const log = openLog(path, durability)
  const [before, start] = [process.cpuUsage(), performance.now()]
  for (const [index, event] of events.entries()) {
    log.append(event)
    if (index % 1_000 === 999) await log.flush()
  }
  await log.flush()
  const { user, system } = process.cpuUsage(before)
  const wallMs = performance.now() - start
  log.close()
  rmSync(path)
  return { cpuUs: (user + system) / events.length, wallUs: (wallMs * 1_000) / events.length }
}

await round('none')
const result: Record<string, object> = {}
for (const durability of ['none', 'process', 'power'] as const) {
  const rounds: Round[] = []
  for (let index = 0; index < 5; index++) rounds.push(await round(durability))
  const figure = (of: (one: Round) => number): number => Number(median(rounds.map(of)).toFixed(2))
  result[durability] = { cpuUsPerEvent: figure(({ cpuUs }) => cpuUs), wallUsPerEvent: figure(({ wallUs }) => wallUs) }
}
rmSync(folder, { recursive: true })
console.log(JSON.stringify({ node: process.version, events: events.length, ...result }))
