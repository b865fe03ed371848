// Finds, transpiles and runs the specs of a project: spec/**/*.spec.ts, each in its own process, two at once.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runSpecProcess } from './specProcess.mjs'
import { filesUnder, transpile } from './transpile.mjs'

const defaultLimitSeconds = 120
const atOnce = 2
const wrapper = new URL('uvu.mjs', import.meta.url).href

/** Runs the specs whose path holds one of `filters` (all without), printing a line each; answers `{ passed, failed }`. */
export async function runSpecs({ root, filters = [], print = console.log }) {
  const faults = await transpileSpecs(root)
  const all = (await filesUnder(join(root, 'spec'))).filter((path) => path.endsWith('.spec.ts'))
  const chosen = all.filter((path) => filters.length === 0 || filters.some((filter) => `spec/${path}`.includes(filter)))
  const broken = new Map(faults.map(({ path, message }) => [path, message]))
  const scratch = await mkdtemp(join(tmpdir(), 'millrace-spec-'))
  const totals = { passed: 0, failed: 0 }

  const runNext = async (queue) => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const fault = broken.get(join(root, 'spec', next.path))
      const result = fault ? untranspiled(fault) : await runOne({ root, ...next, scratch })
      totals.passed += result.passed
      totals.failed += result.failed
      printResult(next.path, result, print)
    }
  }
  const queue = chosen.map((path, index) => ({ path, index }))
  await Promise.all(Array.from({ length: atOnce }, () => runNext(queue)))
  await rm(scratch, { recursive: true, force: true })

  const specFiles = new Set(chosen.map((path) => join(root, 'spec', path)))
  for (const { path, message } of faults.filter(({ path }) => !specFiles.has(path))) print(`not transpiled: ${path}: ${message}`)
  if (chosen.length < all.length)
    print(`left out: ${all.length - chosen.length} of ${all.length} spec files, by the filter ${filters.join(' ')}`)
  if (chosen.length === 0) {
    print(filters.length > 0 ? `no spec file matches ${filters.join(' ')}` : 'no spec file found')
    totals.failed += 1
  }
  return totals
}

// Specs land in .spec/spec and reach the built library through the link .spec/src -> dist: node resolves links to real
// paths, so a spec and the package's own entry points load the same copy of each module.
async function transpileSpecs(root) {
  const faults = await transpile({
    from: join(root, 'spec'),
    to: join(root, '.spec/spec'),
    copyOthers: true,
    ownsOutput: () => true,
    rewrite: (code) => code.replace(/^(import [^"]*?from )"uvu";$/gm, `$1${JSON.stringify(wrapper)};`),
  })
  const link = join(root, '.spec/src')
  if (!existsSync(link)) {
    await mkdir(join(root, '.spec'), { recursive: true })
    await rm(link, { force: true })
    await symlink(resolve(root, 'dist'), link, 'junction').catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return faults
}

async function runOne({ root, path, index, scratch }) {
  const source = await readFile(join(root, 'spec', path), 'utf8')
  const limit = /^\s*\/\/ @limit (\d+)\s*$/m.exec(source)
  const script = join(root, '.spec/spec', path.replace(/\.ts$/, '.js'))
  return runSpecProcess({
    script,
    base: join(scratch, String(index)),
    cwd: root,
    limitSeconds: limit ? Number(limit[1]) : defaultLimitSeconds,
  })
}

const untranspiled = (message) => ({ passed: 0, failed: 1, leftOut: 0, problems: [message], output: '', seconds: 0 })

function printResult(path, { passed, failed, leftOut, problems, output, seconds }, print) {
  const skipped = leftOut > 0 ? `, ${leftOut} left out by skip or only` : ''
  print(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${path}  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${skipped}  ${seconds.toFixed(1)} s`,
  )
  if (failed === 0) return
  for (const problem of problems) print(`     ${problem}`)
  print(output.trimEnd())
}
