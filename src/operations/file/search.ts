import { constants } from 'node:fs/promises'
import type * as t from 'io-ts'
import { join } from 'node:path'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, text, integer } from '../../model/codec/values.js'
import { withSchema } from '../../model/codec/withSchema.js'
import type { OperationType } from '../../model/operationType.js'
import { exchanged } from './find/entriesIn.js'
import { labelBelow } from './confine/entry.js'
import { findText, type FindOptions, type Found } from './find/findText.js'
import { chunksOf } from './write/fingerprint.js'
import { Patterns } from './glob.js'
import { globPaths } from './find/globPaths.js'
import { linesOf } from './find/linesOf.js'
import { withFile } from './confine/openFile.js'
import { count, pathText, resultPath } from './params.js'
import { statsAt, withPlace } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { withPathErrors } from './confine/withPathErrors.js'
import { reading } from './confine/pathOperation.js'
import { resolvePath, type Place } from './confine/resolvePath.js'

const defaultLimit = 1_000

const lineText = withSchema(
  'text of 1 to 1000 characters without line breaks',
  { type: 'string', minLength: 1, maxLength: 1_000, pattern: '^[^\\r\\n]+$' },
  (value): value is string => typeof value === 'string' && value.length > 0 && value.length <= 1_000 && !/[\r\n]/.test(value),
)

const Params = closed(
  'the params of file.search',
  { text: described(lineText, 'What to look for, letter by letter.') },
  {
    path: described(pathText, 'A file or a folder. Default: the first root.'),
    pattern: described(Patterns, 'Which files in the folder. Default **/*, which leaves out names that start with a dot.'),
    caseSensitive: described(boolean, 'Whether upper and lower case differ. Default true.'),
    limit: described(integer({ minimum: 1, maximum: 100_000 }), `Most matches. Default ${defaultLimit}.`),
    context: described(integer({ minimum: 0, maximum: 20 }), 'Lines to give before and after each match. Default 0.'),
  },
)

const position = integer({ minimum: 1 })
const lines = array(text())

const Match = closed(
  'a match',
  {
    path: resultPath,
    line: described(position, 'From 1.'),
    column: described(position, 'From 1, in UTF-16 code units.'),
    text: described(text(), 'The line; of a long one, 400 characters around the match.'),
  },
  { before: lines, after: lines },
)

const Result = closed(
  'the result of file.search',
  {
    matches: described(array(Match), 'Each line once, in the order of paths and lines.'),
    files: described(count, 'How many files were looked into.'),
  },
  { truncated: described(boolean, 'True when there are more than limit.') },
)

type SearchResult = t.TypeOf<typeof Result>

/** `file.search`: the lines of text files that hold a text. */
export function search(space: Roots): OperationType<t.TypeOf<typeof Params>, SearchResult> {
  return reading(space, ({ path = '.' }) => path, {
    operation: 'search',
    summary: 'Finds literal text in files.',
    params: Params,
    result: Result,
    perform: ({ text, path = '.', pattern = '**/*', caseSensitive = true, limit = defaultLimit, context = 0 }, { signal }) =>
      withPlace(space, path, { links: 'all' }, async (base) => {
        const patterns = typeof pattern === 'string' ? [pattern] : pattern
        const isFolder = (await statsAt(base))?.isDirectory() === true
        const paths = isFolder ? await globPaths(space, base, { patterns, ignore: [], dot: false, signal }) : ['']
        return searchFiles(space, base, paths, { text, caseSensitive, context, limit }, signal)
      }),
  })
}

async function searchFiles(
  space: Roots,
  base: Place,
  paths: readonly string[],
  options: FindOptions,
  signal: AbortSignal,
): Promise<SearchResult> {
  const matches: SearchResult['matches'][number][] = []
  let files = 0
  for (const path of paths) {
    signal.throwIfAborted()
    // One more than asked for, to know whether there are more.
    const found = await searchFile(space, base, path, { ...options, limit: options.limit - matches.length + 1 }, signal)
    files += 1
    const label = labelBelow(base.label, path)
    for (const { line, column, text, before, after } of found) {
      if (matches.length === options.limit) return { matches, files, truncated: true }
      matches.push({ path: label, line, column, text, ...(options.context > 0 && { before, after }) })
    }
  }
  return { matches, files }
}

async function searchFile(space: Roots, base: Place, path: string, options: FindOptions, signal: AbortSignal): Promise<readonly Found[]> {
  const label = labelBelow(base.label, path)
  const look = (place: Place): Promise<readonly Found[]> =>
    withFile(place, constants.O_RDONLY, (handle) => findText(linesOf(chunksOf(handle, signal), options.text.length - 1), options))
  if (path === '') return look(base)
  const found = await withPathErrors(label, lookBelow(space, join(base.location, path), label, look).catch(exchanged))
  return found ?? []
}

async function lookBelow<A>(space: Roots, location: string, label: string, look: (place: Place) => Promise<A>): Promise<A> {
  const place = await resolvePath(space, location, label, { links: 'none' })
  return look(place).finally(() => place.folder.release())
}
