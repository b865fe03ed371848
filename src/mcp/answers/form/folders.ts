import { compactJson } from './compactJson.js'

/** Up to this many paths are written whole: a folder of their own costs more than it saves. */
const mostWhole = 10

export function areManyPaths(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > mostWhole && value.every((path) => typeof path === 'string')
}

/** Paths in their order, each folder on a line that ends with `/` and its names below it. */
export function foldersText(paths: readonly string[]): string {
  const lines: string[] = []
  let current: string | undefined
  for (const path of paths) {
    const slash = path.lastIndexOf('/')
    const folder = slash < 0 ? './' : path.slice(0, slash + 1)
    if (folder !== current) lines.push(isPlain(folder) ? folder : compactJson(folder))
    current = folder
    const name = path.slice(slash + 1)
    lines.push(isPlain(name) && name !== '' ? name : compactJson(name))
  }
  return lines.join('\n')
}

function isPlain(name: string): boolean {
  return !name.startsWith('"') && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)
}
