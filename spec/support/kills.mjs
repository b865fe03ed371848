// npm run kills [-- SIZE [KILLS]]: 10,000 operations at four workers and twenty kills, once for each that may be killed, with the times of
// real use; then thirty trees of programs that are cancelled. Takes half an hour.
import { fileURLToPath } from 'node:url'
import { buildScripts } from '../../build.mjs'
import { transpileSpecs } from './specs.mjs'

const [size, kills] = [process.argv[2] ?? 10_000, process.argv[3] ?? 20].map(Number)
if (![size, kills].every((count) => Number.isInteger(count) && count > 0))
  throw new Error('npm run kills -- SIZE KILLS: both are whole numbers above 0')
const root = fileURLToPath(new URL('../..', import.meta.url))
const faults = [...(await buildScripts()), ...(await transpileSpecs(root))]
if (faults.length > 0) throw new Error(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
const load = (name) => import(new URL(`../../.spec/spec/workers/bullmq/${name}.js`, import.meta.url).href)
const { killing } = await load('killed/killing')
const { cancelledTrees } = await load('cancelledTrees')

// Lock, check, and the sweep that finds what they left.
const longestStopMs = 10_000 + 5_000 + 2_000
for (const victim of ['a worker', 'all workers', 'the run', 'Redis', 'Redis with all it held']) {
  const killed = await killing({ victim, size, ms: 10, workers: 4, slots: 8, kills, times: 'real' })
  const { succeeded, silentDoubles, executions, attempts } = killed
  // An attempt that was not executed hides none that was executed twice: doubles are counted by their keys too.
  const holds = succeeded === size && silentDoubles === 0 && executions - size <= attempts - size && killed.longestStopMs <= longestStopMs
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${victim}: ${JSON.stringify(killed)}`)
  if (!holds) process.exitCode = 1
}

const trees = await cancelledTrees(30)
const areGone = trees.groups === 30 && trees.left === 0 && trees.inQueue === 0 && trees.goneAfterMs <= 1_000
console.log(`${areGone ? 'ok  ' : 'FAIL'} thirty trees of programs, cancelled: ${JSON.stringify(trees)}`)
if (!areGone) process.exitCode = 1
