import { isPlainObject, own, setOwn, type PlainObject } from '../../model/codec/plainObject.js'

/** Deeper than this no project is: what a plan may be nested. */
const mostLevels = 64

/** A project whose `fileStructure` nests folders, as models often write it, with each file by its path: `{src: {"a.js": "…"}}`. */
export function flatStructure(input: unknown): unknown {
  const structure = isPlainObject(input) ? own(input, 'fileStructure') : undefined
  if (!isPlainObject(input) || !isPlainObject(structure) || !Object.values(structure).some(isPlainObject)) return input
  const files = {}
  collect(structure, '', files, 0)
  return { ...input, fileStructure: files }
}

function collect(folder: PlainObject, at: string, files: object, level: number): void {
  for (const [name, content] of Object.entries(folder)) {
    const path = `${at}${name}`
    if (!isPlainObject(content) || level === mostLevels) setOwn(files, path, content)
    else if (Object.keys(content).length === 0) setOwn(files, path, null)
    else collect(content, path.endsWith('/') ? path : `${path}/`, files, level + 1)
  }
}
