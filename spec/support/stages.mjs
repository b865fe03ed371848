// The stages of npm test, in order. A check counts as one, passed or failed; specs and examples count each of theirs.
import { buildDeclarations, buildPlanSchema, buildScripts } from '../../build.mjs'
import { node } from './command.mjs'
import { runExamples } from './examples.mjs'
import { runSpecs } from './specs.mjs'
import { checkTypes } from './types.mjs'

const script = (path, ...args) => ({ args: [path, ...args] })

/** Each is a script that exits 0 when all is well, and says what is not. */
const checks = {
  lint: script('node_modules/oxlint/bin/oxlint'),
  layers: script('spec/tooling/layers.mjs'),
  rooms: script('spec/tooling/rooms.mjs'),
  format: script('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'),
  links: script('spec/tooling/docLinks.mjs'),
  sizes: script('spec/tooling/sizes.mjs'),
  api: { ...script('spec/tooling/apiReport.mjs'), needsBuild: true },
  package: { ...script('spec/tooling/package.mjs'), needsBuild: true },
}

/** Answers `{ passed, failed, failures }`. */
export async function runStages(root) {
  const totals = { passed: 0, failed: 0, failures: [] }
  const add = ({ passed, failed, failures }) => {
    totals.passed += passed
    totals.failed += failed
    totals.failures.push(...failures)
    return failed === 0
  }
  const built = add(await stage('build', build))
  add(await stage('types', () => checkTypes(root)))
  for (const [name, { args, needsBuild }] of Object.entries(checks)) {
    if (needsBuild && !built) console.log(`left out: ${name}, for want of a build`)
    else add(await stage(name, () => check(args, root)))
  }
  add(await stage('specs', () => runSpecs({ root })))
  add(await stage('examples', () => runExamples({ root })))
  return totals
}

/** Runs one stage and prints its line, with whatever it says below; one that does not name what failed is named itself. */
async function stage(name, run) {
  const started = performance.now()
  const { passed, failed, output = '', failures = failed > 0 ? [{ path: name, what: output }] : [] } = await run()
  const counts = passed + failed === 1 ? '' : `  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`
  console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}${counts}  ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (output !== '') console.log(output.replace(/^/gm, '     '))
  return { passed, failed, failures }
}

async function check(args, cwd) {
  const { code, output } = await node(args, { cwd })
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output: code === 0 && args[0].includes('node_modules') ? '' : output }
}

async function build() {
  const faults = (await buildScripts()).map(({ message }) => message)
  if ((await buildDeclarations()) !== '') faults.push('there are type errors in src, listed under types')
  if (faults.length === 0) await buildPlanSchema().catch((error) => faults.push(error.message))
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, output: faults.join('\n') }
}
