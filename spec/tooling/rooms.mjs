// node spec/tooling/rooms.mjs [root]: the rooms of src/. A folder holds 2 to 20 files; one of them begins with a comment that says in a
// sentence what the folder is for (`// engine/flow: …`); what stands in a folder, files and folders alike, imports one way; and an
// exported name has one meaning. Prints what breaks a rule, exits 1.
import { readFile } from 'node:fs/promises'
import { posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesUnder } from '../support/transpile.mjs'
import { importsOf } from './importsOf.mjs'

// A command and an operation of a swarm; an operator of millrace/node and a codec of millrace/codec: each pair has its word by its users.
const shared = new Set(['init', 'record'])

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)))
const texts = new Map()
for (const path of await filesUnder(resolve(root, 'src'))) {
  if (path.endsWith('.ts')) texts.set(path, await readFile(resolve(root, 'src', path), 'utf8'))
}

const folders = new Map()
for (const path of texts.keys()) {
  const folder = posix.dirname(path)
  if (folder !== '.') folders.set(folder, [...(folders.get(folder) ?? []), path])
}

const faults = [...sizeFaults(), ...sentenceFaults(), ...circles(), ...secondMeanings()]
for (const fault of faults) console.log(fault)
if (faults.length > 0) process.exitCode = 1

function sizeFaults() {
  return [...folders].flatMap(([folder, files]) =>
    files.length < 2 || files.length > 20 ? [`src/${folder}: ${files.length} files; a folder holds 2 to 20`] : [],
  )
}

function sentenceFaults() {
  return [...folders].flatMap(([folder, files]) => {
    const heads = files.filter((path) => texts.get(path).startsWith(`// ${folder}: `))
    if (heads.length === 1) return []
    if (heads.length > 1) return [`src/${folder}: ${heads.length} files say what it is for: ${heads.join(', ')}`]
    return [`src/${folder}: no file begins with "// ${folder}: " and a sentence that says what the folder is for`]
  })
}

/** Within each folder: its files and its folders, each folder taken as one. */
function circles() {
  const levels = new Map()
  for (const [path, text] of texts) {
    for (const { specifier } of importsOf(text)) {
      if (!specifier.startsWith('.')) continue
      const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
      const [level, from, to] = parting(path, target)
      if (from === to) continue
      if (!levels.has(level)) levels.set(level, new Map())
      const arrows = levels.get(level)
      if (!arrows.has(from)) arrows.set(from, new Map())
      if (!arrows.get(from).has(to)) arrows.get(from).set(to, `${path} -> ${target}`)
    }
  }
  return [...levels].flatMap(([level, arrows]) => circlesOf(arrows).map((circle) => `src/${level}: ${circle}`))
}

/** The deepest folder that holds both, and what stands in it for each. */
function parting(a, b) {
  const [one, other] = [a.split('/'), b.split('/')]
  let depth = 0
  while (one[depth] === other[depth] && depth < one.length - 1 && depth < other.length - 1) depth++
  return [one.slice(0, depth).join('/'), one[depth], other[depth]]
}

/** One circle for each group of nodes that reach each other, with an import for each of its arrows. */
function circlesOf(arrows) {
  const reach = new Map([...arrows.keys()].map((node) => [node, reachedFrom(arrows, node)]))
  const seen = new Set()
  const found = []
  for (const node of arrows.keys()) {
    if (seen.has(node) || !reach.get(node).has(node)) continue
    const group = [...arrows.keys()].filter((other) => other === node || (reach.get(node).has(other) && reach.get(other).has(node)))
    for (const member of group) seen.add(member)
    const imports = group.flatMap((from) => [...arrows.get(from)].filter(([to]) => group.includes(to)).map(([, by]) => by))
    found.push(`${group.join(', ')} import one another: ${imports.join('; ')}`)
  }
  return found
}

function reachedFrom(arrows, start) {
  const reached = new Set()
  const left = [start]
  while (left.length > 0) {
    for (const next of arrows.get(left.pop())?.keys() ?? []) {
      if (!reached.has(next)) {
        reached.add(next)
        left.push(next)
      }
    }
  }
  return reached
}

/** A codec and its type share a name, and so do overloads: all of one file are one meaning. */
function secondMeanings() {
  const places = new Map()
  for (const [path, text] of texts) {
    const names = new Set(
      [...text.matchAll(/^export (?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) (\w+)/gm)].map(([, name]) => name),
    )
    for (const name of names) places.set(name, [...(places.get(name) ?? []), path])
  }
  return [...places].flatMap(([name, paths]) =>
    paths.length > 1 && !shared.has(name) ? [`"${name}" means several things: ${paths.join(', ')}`] : [],
  )
}
