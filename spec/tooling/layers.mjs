// node spec/tooling/layers.mjs [root]: each folder of src/ may import only from itself and from the layers to its left,
// type imports included, and the core entry reaches nothing that a browser lacks. Prints what breaks a rule, exits 1.
import { builtinModules } from 'node:module'
import { readFile } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesUnder } from '../support/transpile.mjs'
import { importsOf } from './importsOf.mjs'

const layers = [
  ['model'],
  ['graph'],
  ['engine'],
  ['operators', 'monitor'],
  ['system'],
  ['operations', 'journal', 'terminal'],
  ['workers', 'report'],
  ['mcp'],
  ['cli', 'testing'],
]
const rankOf = new Map(layers.flatMap((names, rank) => names.map((name) => [name, rank])))
const besides = new Set(['monitor -> operators'])
const entries = new Set(['index.ts', 'node.ts', 'mcp.ts', 'report.ts', 'testing.ts', 'codec.ts', 'bullmq.ts'])

const pure = new Set(['model', 'graph'])
const core = new Set(['model', 'graph', 'engine', 'operators', 'monitor', 'report', 'index.ts', 'report.ts'])
const arrows = layers.map((names) => names.join(', ')).join(' <- ')

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)))
const { name: self, dependencies, peerDependencies } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'))
const declared = new Set([...Object.keys(dependencies ?? {}), ...Object.keys(peerDependencies ?? {})])

const modules = new Map()
for (const path of await filesUnder(resolve(root, 'src'))) {
  if (path.endsWith('.ts')) modules.set(path, importsOf(await readFile(resolve(root, 'src', path), 'utf8')))
}

const faults = [...modules].flatMap(([path, imports]) => {
  const place = placeOf(path)
  if (place === undefined) return [`src/${path}: belongs to no layer; src/ holds ${[...rankOf.keys(), ...entries].join(', ')}`]
  return imports.flatMap(({ specifier, line }) => {
    const rule = specifier.startsWith('.') ? brokenByPath(path, place, specifier) : brokenByPackage(place, specifier)
    return rule === undefined ? [] : [`src/${path}:${line}: imports '${specifier}': ${rule}`]
  })
})

/** The layer of a file, or the entry that it is. */
function placeOf(path) {
  const [first] = path.split('/')
  return rankOf.has(first) || (entries.has(first) && first === path) ? first : undefined
}

function targetOf(path, specifier) {
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
}

function brokenByPath(path, place, specifier) {
  const target = targetOf(path, specifier)
  if (target.startsWith('../')) return 'nothing outside src/ is part of the package'
  const to = placeOf(target)
  if (to === undefined) return 'there is no such layer or entry'
  if (entries.has(place)) return barred(place, to)
  if (entries.has(to)) return `a layer may not import an entry: what ${place} needs belongs lower down`
  if (place === to || rankOf.get(to) < rankOf.get(place) || besides.has(`${place} -> ${to}`)) return undefined
  return `${place} may not import ${to} (${arrows})`
}

function barred(entry, to) {
  if (to === 'cli') return 'an entry may not import cli'
  return to === 'testing' && entry !== 'testing.ts' ? 'only the entry testing.ts may import testing' : undefined
}

function brokenByPackage(place, specifier) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === self) return 'the package does not import itself; write the relative path'
  if (specifier.startsWith('node:')) return core.has(place) ? `${place} may not import node:*; it runs in browsers too` : undefined
  if (builtinModules.includes(specifier)) return `write node:${specifier}`
  if (pure.has(place) && ['rxjs', 'immer'].includes(name)) return `${place} is pure: it may not import ${name}`
  if (name === 'fp-ts' && !/^fp-ts\/lib\/\w+\.js$/.test(specifier)) return 'take one module of fp-ts, as fp-ts/lib/Either.js'
  if (!declared.has(name)) return `${name} is not among the dependencies or peerDependencies of package.json`
  return undefined
}

// The rule by folder cannot see a layer that is free to use node: being pulled in by an entry that is to run in browsers.
const reached = new Map([
  ['index.ts', ['index.ts']],
  ['report.ts', ['report.ts']],
])
for (const [path, chain] of reached) {
  for (const { specifier, line } of modules.get(path) ?? []) {
    if (specifier.startsWith('node:')) {
      faults.push(`src/${path}:${line}: imports '${specifier}', and an entry for browsers reaches it: ${chain.join(' -> ')}`)
    } else if (specifier.startsWith('.')) {
      const target = targetOf(path, specifier)
      if (modules.has(target) && !reached.has(target)) reached.set(target, [...chain, target])
    }
  }
}

for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0
