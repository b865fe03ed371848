// src/**/*.ts -> dist: one .js for each file by esbuild, declarations by tsc, then the JSON Schema of a plan.
import { chmod, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { node } from './spec/support/command.mjs'
import { pageCodeModule, pageCodeText, pageSources } from './spec/support/pageCode.mjs'
import { filesUnder, transpile, writeIfChanged } from './spec/support/transpile.mjs'

const root = fileURLToPath(new URL('.', import.meta.url))
const src = join(root, 'src')
const dist = join(root, 'dist')

/** The .js files alone: what specs need. Answers what could not be transpiled, as `[{ path, message }]`. */
export async function buildScripts() {
  const main = join(dist, 'cli/main.js')
  const bundled = existsSync(join(src, 'mcp/serve.ts'))
  const hasPage = existsSync(join(src, pageCodeModule))
  const page = hasPage ? await pageSources(src) : []
  const faults = await transpile({ from: src, to: dist, leave: [...(bundled ? ['cli/main.ts'] : []), ...page] })
  const pageCode = faults.length === 0 && hasPage ? await pageCodeText(src) : ''
  if (pageCode !== '') await writeIfChanged(join(dist, pageCodeModule.replace(/\.ts$/, '.js')), pageCode)
  if (faults.length === 0 && bundled) {
    const { bundle } = await import('./spec/support/bundle.mjs')
    const { bundleEntries } = await import('./spec/support/bundleEntries.mjs')
    await bundle({ root, dist, pageCode })
    await bundleEntries({ root, dist, pageCode })
  }
  if (existsSync(main)) await chmod(main, 0o755)
  return faults
}

/** The .d.ts files; answers what tsc has to say, empty when all is well. */
export async function buildDeclarations() {
  await dropStaleDeclarations()
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { code, output } = await node([tsc, '-p', join(root, 'spec/tooling/tsconfig.declarations.json')], { cwd: root })
  return code === 0 ? '' : output
}

export async function buildPlanSchema() {
  const module = join(dist, 'model/planSchema.js')
  if (!existsSync(module))
    throw new Error('dist/model/planSchema.js is missing: src/model/planSchema.ts must export planJsonSchema(): object.')
  const { planJsonSchema } = await import(pathToFileURL(module).href)
  if (typeof planJsonSchema !== 'function') throw new Error('src/model/planSchema.ts does not export planJsonSchema(): object.')
  await writeIfChanged(join(dist, 'plan.schema.json'), `${JSON.stringify(planJsonSchema(), null, 2)}\n`)
}

export async function build() {
  const [faults, declarationFaults] = await Promise.all([buildScripts(), buildDeclarations()])
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join('\n'))
  if (declarationFaults !== '') throw new Error(declarationFaults)
  await buildPlanSchema()
}

// tsc removes nothing, and its build info would let it believe that a declaration deleted here is still there.
async function dropStaleDeclarations() {
  const declared = (path) => path.endsWith('.ts') && !path.startsWith('report/page/')
  const sources = new Set((await filesUnder(src)).filter(declared).map((path) => path.replace(/\.ts$/, '')))
  const declarations = (await filesUnder(dist)).filter((path) => /\.d\.ts(\.map)?$/.test(path))
  const stale = declarations.filter((path) => !sources.has(path.replace(/\.d\.ts(\.map)?$/, '')))
  await Promise.all(stale.map((path) => rm(join(dist, path), { force: true })))
  const lost = declarations.length - stale.length < 2 * sources.size
  if (lost) await rm(join(dist, '.tsbuildinfo'), { force: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
