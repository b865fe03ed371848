// node spec/support/run.mjs [filter…]: builds the scripts and runs the specs whose path holds a filter (all without).
// --root DIR runs the specs of another folder as they are, which is how the runner's own specs feed it fixtures.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildScripts } from '../../build.mjs'
import { failureLines } from './failures.mjs'
import { runSpecs } from './specs.mjs'

const { values, positionals } = parseArgs({ options: { root: { type: 'string' } }, allowPositionals: true })
const totals = { passed: 0, failed: 0, failures: [] }

if (values.root === undefined) {
  for (const { path, message } of await buildScripts()) {
    console.log(`not built: ${path}: ${message}`)
    if (positionals.length > 0) continue
    totals.failed += 1
    totals.failures.push({ path, what: message })
  }
}
const root = values.root === undefined ? fileURLToPath(new URL('../..', import.meta.url)) : resolve(values.root)
const { passed, failed, failures } = await runSpecs({ root, filters: positionals })
totals.passed += passed
totals.failed += failed
for (const line of failureLines([...totals.failures, ...failures])) console.log(line)
console.log(`${totals.passed} passed, ${totals.failed} failed`)
process.exitCode = totals.failed > 0 ? 1 : 0
