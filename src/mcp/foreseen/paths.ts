import { realpathSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { own } from '../../model/codec/plainObject.js'
import { quoteText } from '../../model/fault/quote.js'
import type { Foresee } from './foreseen.js'

const pathFields = ['path', 'destination', 'cwd', 'stdoutTo'] as const

/** What a shell makes a folder of: nothing here does. */
const shellMark = /^(~|\$HOME|\$\{HOME\}|\$PWD|\$\{PWD\}|%USERPROFILE%)(?:[/\\]|$)/

/** Paths, written out in a plan, that lead outside the roots however their links are. */
export function pathsAhead(roots: readonly string[]): Foresee {
  const real = roots.map(realPath)
  const inside = (path: string): boolean => [...roots, ...real].some((root) => holds(root, path))
  return (name, params) => {
    if (!name.startsWith('file.') && name !== 'shell.run') return []
    return pathFields.flatMap((field) => {
      const path = own(params, field)
      if (typeof path !== 'string') return []
      const [, mark] = shellMark.exec(path) ?? []
      if (mark !== undefined)
        return [{ field, text: `${quoteText(path)} begins with "${mark}", which only a shell expands to a folder. ${wayOut(roots)}` }]
      const absolute = resolve(roots[0] ?? sep, path)
      // An absolute path may spell a root in another way, through a link.
      if (inside(absolute) || inside(realPath(absolute))) return []
      return [{ field, text: `${quoteText(path)} is outside the folders that this server can reach. ${wayOut(roots)}` }]
    })
  }
}

function wayOut(roots: readonly string[]): string {
  return `Use a path in ${roots.join(' or ')}: relative ones start in ${roots.length > 1 ? 'the first' : 'it'}.`
}

function holds(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)
}

/** A path without links, as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))) return path
    const above = dirname(path)
    return above === path ? path : resolve(realPath(above), path.slice(above.length).replace(/^\/+/, ''))
  }
}
