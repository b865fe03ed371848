import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { labelBelow } from './confine/entry.js'
import { isTextName } from './confine/fileName.js'
import { withTarget } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { globPattern } from './find/globPattern.js'
import { matchingFiles } from './find/matchingFiles.js'
import { notText, pathText, resultPath } from './params.js'
import { reading } from './pathOperation.js'

const defaultLimit = 10_000

export const Patterns = anyOf(globPattern, array(globPattern, { minItems: 1, maxItems: 100 }))

const Params = closed(
  'the params of file.glob',
  { pattern: described(Patterns, 'A pattern such as src/**/*.ts, or a list. One that starts with ! excludes.') },
  {
    cwd: described(pathText, 'The folder that patterns start in. Default: the first root.'),
    ignore: described(Patterns, 'Paths to leave out and not to enter, such as node_modules/**.'),
    dot: described(boolean, 'Whether * also matches names that start with a dot. Default false.'),
    limit: described(integer({ minimum: 1, maximum: 1_000_000 }), `Most paths. Default ${defaultLimit}.`),
  },
)

const Result = closed(
  'the result of file.glob',
  { paths: described(array(resultPath), 'The files found, sorted.') },
  { truncated: described(boolean, 'True when there are more than limit.'), notText },
)

/** `file.glob`: the files whose paths match a pattern. */
export function glob(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, 'follows-last-link', ({ cwd = '.' }) => cwd, {
    operation: 'glob',
    summary: 'Finds files by glob patterns.',
    params: Params,
    result: Result,
    perform: ({ pattern, cwd = '.', ignore = [], dot = false, limit = defaultLimit }, { signal }) =>
      withTarget(space, cwd, { links: 'all', purpose: 'read', signal }, async (base) => {
        // One more than asked for, to know whether there are more.
        const found: string[] = []
        const options = { patterns: asList(pattern), ignore: asList(ignore), dot, signal }
        const bytesIn = await matchingFiles(space, base, options, ({ path }) => {
          if (isTextName(path)) found.push(labelBelow(base.label, path))
          return found.length <= limit
        })
        const paths = found.slice(0, limit)
        return { paths, ...(found.length > limit && { truncated: true }), ...(bytesIn.length > 0 && { notText: bytesIn }) }
      }),
  })
}

export function asList(patterns: string | readonly string[]): readonly string[] {
  return typeof patterns === 'string' ? [patterns] : patterns
}
