// node spec/tooling/package.mjs: packs what would be published and has publint and attw look at it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, node } from '../support/command.mjs'

const root = process.cwd()
const scratch = await mkdtemp(join(tmpdir(), 'millrace-pack-'))
async function check() {
  const packed = await command('npm', ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', scratch], {
    cwd: root,
  })
  if (packed.code !== 0) return [packed.output]
  const [{ filename, files }] = JSON.parse(packed.output.slice(packed.output.indexOf('[')))
  const tarball = join(scratch, filename)
  const checks = await Promise.all([
    node(['node_modules/publint/src/cli.js', 'run', tarball, '--strict'], { cwd: root }),
    node(['node_modules/@arethetypeswrong/cli/dist/index.js', tarball, ...attwFlags], { cwd: root }),
  ])
  return [...strays(files), ...checks.filter(({ code }) => code !== 0).map(({ output }) => output)]
}

// The schema is JSON, in which attw has nothing to look at.
const attwFlags = [
  '--profile',
  'esm-only',
  '--no-definitely-typed',
  '--no-color',
  '--exclude-entrypoints',
  './plan.schema.json',
  './package.json',
]

/** What got packed and is none of the package's business. */
function strays(files) {
  const expected = /^(dist\/|src\/|docs\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/
  return files
    .filter(({ path }) => !expected.test(path) || path.endsWith('.tsbuildinfo'))
    .map(({ path }) => `${path} must not be published`)
}

try {
  const faults = await check()
  for (const fault of faults) console.log(fault)
  process.exitCode = faults.length > 0 ? 1 : 0
} finally {
  await rm(scratch, { recursive: true, force: true })
}
