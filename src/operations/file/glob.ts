import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { labelBelow } from './confine/entry.js'
import { globPaths } from './find/globPaths.js'
import { globPattern } from './find/globPattern.js'
import { pathText, resultPath } from './params.js'
import { withPlace } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { reading } from './confine/pathOperation.js'

const defaultLimit = 10_000

export const Patterns = anyOf(globPattern, array(globPattern, { minItems: 1, maxItems: 100 }))

const Params = closed(
  'the params of file.glob',
  { pattern: described(Patterns, 'A pattern such as src/**/*.ts, or a list. One that starts with ! takes away.') },
  {
    cwd: described(pathText, 'The folder that patterns start in. Default: the first root.'),
    ignore: described(Patterns, 'What not to give or enter, such as node_modules/**.'),
    dot: described(boolean, 'Whether * also stands for names that start with a dot. Default false.'),
    limit: described(integer({ minimum: 1, maximum: 1_000_000 }), `Most paths. Default ${defaultLimit}.`),
  },
)

const Result = closed(
  'the result of file.glob',
  { paths: described(array(resultPath), 'The files found, sorted.') },
  { truncated: described(boolean, 'True when there are more than limit.') },
)

/** `file.glob`: the files whose paths match a pattern. */
export function glob(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, ({ cwd = '.' }) => cwd, {
    operation: 'glob',
    summary: 'Finds files by patterns of their paths.',
    params: Params,
    result: Result,
    perform: ({ pattern, cwd = '.', ignore = [], dot = false, limit = defaultLimit }, { signal }) =>
      withPlace(space, cwd, { links: 'all' }, async (base) => {
        const found = await globPaths(space, base, { patterns: asList(pattern), ignore: asList(ignore), dot, signal })
        const paths = found.slice(0, limit).map((path) => labelBelow(base.label, path))
        return { paths, ...(found.length > limit && { truncated: true }) }
      }),
  })
}

function asList(patterns: string | readonly string[]): readonly string[] {
  return typeof patterns === 'string' ? [patterns] : patterns
}
