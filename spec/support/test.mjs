// npm test: installs what is missing, builds, checks and runs everything. Nothing may be imported here that needs an
// installed package; the rest is loaded once they are there.
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
process.chdir(root)

const started = performance.now()
try {
  const installed = await ensureInstalled(root)
  if (installed) console.log(`ok   install  ${((performance.now() - started) / 1000).toFixed(1)} s`)
  const { runStages } = await import('./stages.mjs')
  const { passed, failed, failures } = await runStages(root)
  const { failureLines } = await import('./failures.mjs')
  for (const line of failureLines(failures)) console.log(line)
  console.log(`all of it took ${((performance.now() - started) / 1000).toFixed(1)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  console.log(error.stack)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
