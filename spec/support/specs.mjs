// Finds, transpiles and runs the specs of a project: spec/**/*.spec.ts, each in its own process, two at once.
import { existsSync } from 'node:fs'
import { mkdir, readFile, realpath, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { onPath } from './onPath.mjs'
import { runQueue } from './specQueue.mjs'
import { filesUnder, transpile } from './transpile.mjs'

const defaultLimitSeconds = 300
const wrapper = new URL('uvu.mjs', import.meta.url).href

/** Runs the specs whose path holds one of `filters` (all without), printing a line each; answers `{ passed, failed, failures }`. */
export async function runSpecs({ root, filters = [], print = console.log }) {
  const faults = await transpileSpecs(root)
  const all = (await filesUnder(join(root, 'spec'))).filter((path) => path.endsWith('.spec.ts'))
  const chosen = all.filter((path) => filters.length === 0 || filters.some((filter) => `spec/${path}`.includes(filter)))
  const faultOf = new Map(faults.map(({ path, message }) => [path, message]))
  const items = await Promise.all(chosen.map((path) => itemFor(root, path, faultOf.get(join(root, 'spec', path)))))
  const totals = await runQueue(
    items.filter(({ lacks }) => lacks === undefined),
    { root, print },
  )

  const specFiles = new Set(chosen.map((path) => join(root, 'spec', path)))
  for (const { path, message } of faults.filter(({ path }) => !specFiles.has(path))) print(`not transpiled: ${path}: ${message}`)
  for (const { path, lacks } of items.filter(({ lacks }) => lacks !== undefined)) print(`left out: ${path}, for want of ${lacks}`)
  if (chosen.length < all.length)
    print(`left out: ${all.length - chosen.length} of ${all.length} spec files, by the filter ${filters.join(' ')}`)
  if (chosen.length === 0) {
    const what = filters.length > 0 ? `no spec file matches ${filters.join(' ')}` : 'no spec file found'
    print(what)
    totals.failed += 1
    totals.failures.push({ path: 'spec', what })
  }
  return totals
}

// Specs land in .spec/spec and reach the built library through the link .spec/src -> dist: node resolves links to real
// paths, so a spec and the package's own entry points load the same copy of each module.
export async function transpileSpecs(root) {
  const faults = await transpile({
    from: join(root, 'spec'),
    to: join(root, '.spec/spec'),
    copyOthers: true,
    ownsOutput: () => true,
    rewrite: (code) => code.replace(/^(import [^"]*?from )"uvu";$/gm, `$1${JSON.stringify(wrapper)};`),
  })
  const link = join(root, '.spec/src')
  const dist = resolve(root, 'dist')
  const leadsTo = (path) => realpath(path).catch(() => undefined)
  // In a folder that was copied it leads to the library of the one it was copied from.
  if (!existsSync(link) || (await leadsTo(link)) !== (await leadsTo(dist))) {
    await mkdir(join(root, '.spec'), { recursive: true })
    await rm(link, { force: true })
    await symlink(dist, link, 'junction').catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  return faults
}

async function itemFor(root, path, transpileFault) {
  const source = await readFile(join(root, 'spec', path), 'utf8')
  const limit = /^\s*\/\/ @limit (\d+)\s*$/m.exec(source)
  const script = join(root, '.spec/spec', path.replace(/\.ts$/, '.js'))
  const lacks = programLacking(source)
  // Nothing may go untested unseen where a change is judged.
  const fault = transpileFault ?? (lacks !== undefined && process.env.CI ? `It needs ${lacks}, which is not on the PATH.` : undefined)
  const limitSeconds = limit ? Number(limit[1]) : defaultLimitSeconds
  return { path, script, fault, limitSeconds, lacks: fault === undefined ? lacks : undefined }
}

/** What a comment `// @needs ONE OR ANOTHER` asks for, if this machine has none of it. */
function programLacking(source) {
  const needs = /^\s*\/\/ @needs (.+?)\s*$/m.exec(source)?.[1].split(' or ')
  return needs === undefined || onPath(...needs) !== undefined ? undefined : needs.join(' or ')
}
