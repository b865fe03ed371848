// node spec/tooling/docLinks.mjs [root]: every relative link in README.md, CHANGELOG.md and docs/ leads to a file that is
// there, and to a heading when it names one.
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesUnder } from '../support/transpile.mjs'

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url)))

const link = /!?\[(?:[^[\]]|\[[^\]]*\])*\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)|^\s*\[[^\]]+\]:\s*<?([^\s>]+)>?/g
const isElsewhere = (target) => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)

const pages = ['README.md', 'CHANGELOG.md', ...(await filesUnder(join(root, 'docs'))).map((path) => `docs/${path}`)]
const faults = []
for (const page of pages.filter((path) => path.endsWith('.md') && existsSync(join(root, path)))) {
  const prose = proseOf(await readFile(join(root, page), 'utf8'))
  for (const [index, line] of prose.entries()) {
    for (const [, inline, defined] of line.replace(/`[^`]*`/g, '').matchAll(link)) {
      const target = inline ?? defined
      const fault = isElsewhere(target) ? undefined : await faultOf(page, target)
      if (fault !== undefined) faults.push(`${page}:${index + 1}: ${target}: ${fault}`)
    }
  }
}
for (const fault of faults) console.log(fault)
process.exitCode = faults.length > 0 ? 1 : 0

async function faultOf(page, target) {
  const [path, anchor] = target.split('#')
  const file = path === '' ? join(root, page) : join(root, dirname(page), decodeURIComponent(path))
  if (relative(root, file).startsWith('..')) return 'leads out of the repository'
  if (!existsSync(file)) return 'there is no such file'
  if (anchor === undefined || anchor === '' || !file.endsWith('.md') || statSync(file).isDirectory()) return undefined
  const anchors = anchorsOf(proseOf(await readFile(file, 'utf8')))
  return anchors.has(decodeURIComponent(anchor)) ? undefined : `there is no such heading; the page has ${[...anchors].join(', ') || 'none'}`
}

/** The lines of a page, those inside code blocks made empty. */
function proseOf(text) {
  let fence
  return text.split('\n').map((line) => {
    const [, marks] = /^\s*(`{3,}|~{3,})/.exec(line) ?? []
    if (fence === undefined && marks === undefined) return line
    if (fence === undefined) fence = marks
    else if (marks !== undefined && marks.startsWith(fence) && line.trim() === marks) fence = undefined
    return ''
  })
}

/** The anchors that the usual renderers give to headings: lower case, no punctuation, repeated ones numbered. */
function anchorsOf(prose) {
  const seen = new Map()
  const anchors = new Set()
  for (const line of prose) {
    for (const [, id] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id)
    const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? []
    if (heading === undefined) continue
    const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = text.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    anchors.add(count === 0 ? slug : `${slug}-${count}`)
  }
  return anchors
}
