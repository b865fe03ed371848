// @limit 900
import { transform } from 'esbuild'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mutants, type Mutant } from './mutantTable.js'

const test = suite('mutants of the engine')

/** The checker has to find each within this many random graphs. */
const mostGraphs = 500
const seed = 42

const root = fileURLToPath(new URL('../../..', import.meta.url))
// Beneath the project, so that what is copied there finds its packages; beside the specs, which are looked for elsewhere.
const folder = await mkdtemp(join(root, '.spec/mutants-'))
const run = promisify(execFile)

test.after(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

test('the engine as it is passes', async () => {
  assert.equal(await hunt('none', undefined), { count: mostGraphs, found: [] })
})

for (const [place, mutant] of mutants.entries())
  test(`the checker finds an engine that ${mutant.does}`, async () => {
    const { found } = await hunt(String(place), mutant)
    assert.ok(found.length > 0, `${mostGraphs} random graphs passed`)
    assert.ok(
      found.some((what) => mutant.blamed.test(what)),
      `none of this is what it does: ${found.join('; ')}`,
    )
  })

test.run()

/** Runs random graphs on a copy of the built engine, with one source file changed. */
async function hunt(name: string, mutant: Mutant | undefined): Promise<{ readonly count: number; readonly found: readonly string[] }> {
  const home = join(folder, name)
  for (const part of ['model', 'graph', 'engine', 'testing'])
    await cp(join(root, '.spec/src', part), join(home, 'src', part), { recursive: true, filter: (path) => !/\.(d\.ts|map)$/.test(path) })
  await cp(join(root, '.spec/spec/support'), join(home, 'spec/support'), { recursive: true })
  await mkdir(join(home, 'spec/proofs'), { recursive: true })
  await cp(join(root, '.spec/spec/proofs/hunt.js'), join(home, 'spec/proofs/hunt.js'))
  if (mutant !== undefined) await writeFile(join(home, 'src', mutant.file.replace(/\.ts$/, '.js')), await mutated(mutant))
  const { stdout } = await run(process.execPath, [join(home, 'spec/proofs/hunt.js'), String(mostGraphs), String(seed)], {
    timeout: 300_000,
  })
  await rm(home, { recursive: true })
  return JSON.parse(stdout) as { readonly count: number; readonly found: readonly string[] } // As hunt.ts writes it.
}

async function mutated({ file, find, put }: Mutant): Promise<string> {
  const source = await readFile(join(root, 'src', file), 'utf8')
  const parts = source.split(find)
  assert.is(parts.length - 1, 1, `src/${file} must hold this text once, or the mutant must be made anew: ${find}`)
  const { code } = await transform(parts.join(put), { loader: 'ts', format: 'esm', target: 'node20' })
  return code
}
