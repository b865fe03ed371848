// node spec/support/examples.mjs [--root DIR] [filter…]: type-checks every ```ts block of README.md, docs/ and the docstrings
// in src/, and runs those that assert something. The package must have been built.
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { typeFaults, writeExamples } from './exampleModules.mjs'
import { failureLines } from './failures.mjs'
import { runQueue } from './specQueue.mjs'
import { writeIfChanged } from './transpile.mjs'

const limitSeconds = 300
const suiteModule = new URL('exampleSuite.mjs', import.meta.url).href

/** Answers `{ passed, failed, failures }`, which count each block once. */
export async function runExamples({ root, filters = [], print = console.log }) {
  const folder = join(root, '.examples')
  const blocks = await writeExamples({ root, folder, filters })
  const faults = await typeFaults({ root, folder, blocks })
  const totals = { passed: 0, failed: 0, failures: [] }
  const runnable = new Map()

  for (const block of blocks) {
    const { path, line, run, module } = block
    const fault = block.fault ?? faults.get(module)
    if (fault !== undefined) {
      totals.failed += 1
      totals.failures.push({ path: `${path}:${line}`, what: fault })
      print(`FAIL ${path}:${line}\n     ${fault.split('\n').join('\n     ')}`)
    } else if (run) runnable.set(path, [...(runnable.get(path) ?? []), block])
    else totals.passed += 1
  }
  const ran = await runQueue(await Promise.all([...runnable].map(([path, own]) => itemFor(folder, path, own))), { root, print })
  return { passed: totals.passed + ran.passed, failed: totals.failed + ran.failed, failures: [...totals.failures, ...ran.failures] }
}

async function itemFor(folder, path, blocks) {
  const own = blocks.map(({ line, module, marks }) => ({ line, marks, script: pathToFileURL(join(folder, `${module}.js`)).href }))
  const script = join(folder, `${path}/spec.js`)
  const call = `runExamples(${JSON.stringify(path)}, ${JSON.stringify(own)})`
  await writeIfChanged(script, `import { runExamples } from ${JSON.stringify(suiteModule)}\n${call}\n`)
  return { path, script, limitSeconds }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { root: { type: 'string' } }, allowPositionals: true })
  const root = resolve(values.root ?? fileURLToPath(new URL('../..', import.meta.url)))
  const { passed, failed, failures } = await runExamples({ root, filters: positionals })
  for (const line of failureLines(failures)) console.log(line)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
