import { isPlainObject, own, setOwn, type PlainObject } from '../../model/codec/plainObject.js'
import { formatPath } from '../../model/fault/formatPath.js'
import type { Refused } from '../refused.js'

/** Deeper than this no project is: what a plan may be nested. */
const mostLevels = 64
/** No system takes a longer path. */
const mostCharacters = 4_096

/** The call of a project with each file by its path, and where its caller wrote it. */
export interface FlatStructure {
  readonly input: unknown
  /** `src/a.js` -> `fileStructure.src["a.js"]`. */
  readonly places: ReadonlyMap<string, string>
  readonly faults: readonly Refused[]
}

/** A project whose `fileStructure` nests folders, as models often write it, with each file by its path: `{src: {"a.js": "…"}}`. */
export function flatStructure(input: unknown): FlatStructure {
  const structure = isPlainObject(input) ? own(input, 'fileStructure') : undefined
  if (!isPlainObject(input) || !isPlainObject(structure)) return { input, places: new Map(), faults: [] }
  const files = {}
  const places = new Map<string, string>()
  const faults: Refused[] = []
  const add = (path: string, content: unknown, at: readonly string[]): void => {
    if (path.length > mostCharacters) {
      faults.push(refused('fileStructure', `a path has ${path.length} characters, more than the ${mostCharacters} allowed.`))
      return
    }
    const place = formatPath(['fileStructure', ...at])
    const before = places.get(path)
    if (before !== undefined) faults.push(refused(place, `the same file as ${before}. Give it once.`))
    else if (path === '' || (path.endsWith('/') && content !== null))
      faults.push(refused(place, 'a file needs a name. Give its path, such as "src/a.js".'))
    places.set(path, place)
    setOwn(files, path, content)
  }
  const collect = (folder: PlainObject, above: string, at: readonly string[]): void => {
    for (const [name, content] of Object.entries(folder)) {
      const path = `${above}${name}`
      if (!isPlainObject(content) || at.length === mostLevels) add(path, content, [...at, name])
      else if (Object.keys(content).length === 0) add(path, null, [...at, name])
      else collect(content, path.endsWith('/') ? path : `${path}/`, [...at, name])
    }
  }
  collect(structure, '', [])
  const holders = filesAbove(files)
  for (const [path, place] of places) {
    const above = holders.get(path)
    if (above !== undefined) faults.push(refused(place, `${places.get(above) ?? above} is a file, and cannot contain other files.`))
  }
  return { input: { ...input, fileStructure: files }, places, faults }
}

/** The paths that lie below a file, with that file. Sorted as folders, whatever lies below a path comes right behind it. */
function filesAbove(files: PlainObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let file: string | undefined
  for (const folder of Object.keys(files)
    .map((path) => `${path}/`)
    .sort()) {
    const path = folder.slice(0, -1)
    if (file !== undefined && path.startsWith(`${file}/`)) found.set(path, file)
    else if (typeof own(files, path) === 'string') file = path
  }
  return found
}

function refused(at: string, text: string): Refused {
  return { at, type: 'invalid-value', message: `${at}: ${text}` }
}
