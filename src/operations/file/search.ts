import { constants } from 'node:fs'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, text, integer } from '../../model/codec/values.js'
import { withSchema } from '../../model/codec/withSchema.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { errorCode } from '../../system/errorCode.js'
import { labelBelow, statsAt, type FolderEntry } from './confine/entry.js'
import { isTextName } from './confine/fileName.js'
import { withFile } from './confine/openFile.js'
import { withTarget } from './confine/pathTarget.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { isOutOfDescriptors } from './confine/whenDescriptorsAreFree.js'
import { pathFailure } from './confine/withPathErrors.js'
import { findText, type TextMatches } from './find/findText.js'
import { linesOf } from './find/linesOf.js'
import { matchingFiles } from './find/matchingFiles.js'
import { regexFinder } from './find/regexFinder.js'
import { literalFinder, type TextFinder } from './find/textFinder.js'
import { asList, Patterns } from './glob.js'
import { amount, notText, pathText, resultPath } from './params.js'
import { reading } from './pathOperation.js'
import { chunksOf } from './tree/chunksOf.js'
import { givingWay } from './tree/givingWay.js'

const defaultLimit = 1_000
const mostNotSearched = 100

const lineText = withSchema(
  'text of 1 to 1000 characters without line breaks',
  { type: 'string', minLength: 1, maxLength: 1_000, pattern: '^[^\\r\\n]+$' },
  (value): value is string => typeof value === 'string' && value.length > 0 && value.length <= 1_000 && !/[\r\n]/.test(value),
)

const Params = closed(
  'the params of file.search',
  { text: described(lineText, 'The text to search for in each line: literal text, or an expression with regex: true.') },
  {
    regex: described(boolean, 'Treats text as a regular expression (RE2 syntax: no look-around, no back-references). Default false.'),
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

const LongLine = closed('a line that was not searched', { path: resultPath, line: position }, {})

const Result = closed(
  'the result of file.search',
  {
    matches: described(array(Match), 'Each line once, in the order of paths and lines.'),
    paths: described(array(resultPath), 'The files with matches, each once, ready to be used as path.'),
    files: described(amount, 'How many files were searched.'),
  },
  {
    truncated: described(boolean, 'True when there are more than limit.'),
    notSearched: described(array(LongLine), `Lines too long for this expression, at most ${mostNotSearched}.`),
    notText,
  },
)
type SearchResult = t.TypeOf<typeof Result>

/** `file.search`: the lines of text files that hold a text, or that an expression matches. */
export function search(space: Roots): OperationType<t.TypeOf<typeof Params>, SearchResult> {
  return reading(space, 'follows-last-link', ({ path = '.' }) => path, {
    operation: 'search',
    summary: 'Finds text, or a regular expression, in files.',
    params: Params,
    result: Result,
    perform: async ({ path = '.', pattern = '**/*', regex = false, caseSensitive = true, ...options }, attempt) => {
      const finder = await (regex ? regexFinder(options.text, caseSensitive) : literalFinder(options.text, caseSensitive))
      return withTarget(space, path, { links: 'all', purpose: 'read', signal: attempt.signal }, (base) =>
        searchIn(space, base, asList(pattern), { finder, limit: defaultLimit, context: 0, ...options }, attempt),
      )
    },
  })
}

interface SearchOptions {
  readonly finder: TextFinder
  readonly limit: number
  readonly context: number
}

async function searchIn(
  space: Roots,
  base: PathTarget,
  patterns: readonly string[],
  { finder, limit, context }: SearchOptions,
  { signal, redact }: Pick<AttemptContext, 'signal' | 'redact'>,
): Promise<SearchResult> {
  const matches: SearchResult['matches'][number][] = []
  const notSearched: NonNullable<SearchResult['notSearched']>[number][] = []
  /** Those whose path is shown, and names nothing. */
  const unusable = new Set<string>()
  const pause = givingWay(signal)
  let files = 0
  /** False when there are enough. */
  const visit = async (entry: FolderEntry, below: string): Promise<boolean> => {
    const label = labelBelow(base.label, below)
    // One more than asked for, to know whether there are more.
    const find = { indexIn: finder.indexIn, context, limit: limit - matches.length + 1, pause, redact }
    const look = (): Promise<TextMatches> =>
      withFile({ ...entry, label }, constants.O_RDONLY, (handle) => findText(linesOf(chunksOf(handle, signal), finder.long), find))
    const { found, tooLong } = await (below === '' ? look() : look().catch((thrown: unknown) => nothingOr(label, thrown)))
    files += 1
    for (const line of tooLong) if (notSearched.length < mostNotSearched) notSearched.push({ path: label, line })
    for (const { line, column, text, before, after } of found)
      matches.push({ path: label, line, column, text, ...(context > 0 && { before, after }) })
    if (found.length > 0 && !isTextName(below)) unusable.add(label)
    return matches.length <= limit
  }
  let bytesIn: readonly string[] = []
  if (statsAt(base)?.isDirectory()) {
    bytesIn = await matchingFiles(space, base, { patterns, ignore: [], dot: false, signal }, (file) => visit(file, file.path))
  } else await visit(base, '')
  const shown = matches.slice(0, limit)
  const paths = new Set(shown.map((match) => match.path))
  return {
    matches: shown,
    paths: [...paths].filter((label) => !unusable.has(label)),
    files,
    ...(matches.length > limit && { truncated: true }),
    ...(notSearched.length > 0 && { notSearched }),
    ...(bytesIn.length > 0 && { notText: bytesIn }),
  }
}

const nothing: TextMatches = { found: [], tooLong: [] }

/** A file that is gone or something else by now holds nothing. */
function nothingOr(label: string, thrown: unknown): TextMatches {
  if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(thrown) ?? '')) return nothing
  throw isOutOfDescriptors(thrown) ? thrown : pathFailure(label, thrown)
}
