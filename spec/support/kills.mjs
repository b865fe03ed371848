// npm run kills [-- SIZE]: 10,000 operations at four workers, once for each that may be killed, with the times of real use. Takes a quarter of an hour.
import { fileURLToPath } from 'node:url'
import { buildScripts } from '../../build.mjs'
import { transpileSpecs } from './specs.mjs'

const size = Number(process.argv[2] ?? 10_000)
const root = fileURLToPath(new URL('../..', import.meta.url))
const faults = [...(await buildScripts()), ...(await transpileSpecs(root))]
if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
const { killing } = await import(new URL('../../.spec/spec/workers/bullmq/killed/killing.js', import.meta.url).href)

// Lock, check, and the sweep that finds what they left.
const longestStopMs = 10_000 + 5_000 + 2_000
for (const victim of ['a worker', 'all workers', 'the run', 'Redis', 'Redis with all it held']) {
  const killed = await killing({ victim, size, ms: 10, workers: 4, slots: 8, kills: 3, times: 'real' })
  const { succeeded, silentDoubles, executions, attempts } = killed
  const holds = succeeded === size && silentDoubles === 0 && executions <= attempts && killed.longestStopMs <= longestStopMs
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${victim}: ${JSON.stringify(killed)}`)
  if (!holds) process.exitCode = 1
}
