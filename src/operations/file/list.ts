import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { bytesOf, entryBytes, EntryKind, labelBelow } from './confine/entry.js'
import { entriesIn } from './find/entriesIn.js'
import { pathText, resultPath } from './params.js'
import { kindOf, withFolder, withPlace } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { reading } from './confine/pathOperation.js'

const defaultLimit = 10_000

const Params = closed(
  'the params of file.list',
  {},
  {
    path: described(pathText, 'The folder. Default: the first root.'),
    recursive: described(boolean, 'Also what is in the folders in it. Links are not followed. Default false.'),
    limit: described(integer({ minimum: 1, maximum: 1_000_000 }), `Most entries. Default ${defaultLimit}.`),
  },
)

const Entry = closed('an entry', { path: resultPath, name: described(text(), 'Its last part.'), kind: EntryKind, bytes: entryBytes }, {})

const Result = closed(
  'the result of file.list',
  {
    path: resultPath,
    entries: described(array(Entry), 'Sorted by name; what is in a folder comes right after it.'),
  },
  { truncated: described(boolean, 'True when there are more than limit.') },
)

/** `file.list`: what a folder holds. */
export function list(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, ({ path = '.' }) => path, {
    operation: 'list',
    summary: 'Lists what is in a folder.',
    params: Params,
    result: Result,
    perform: ({ path = '.', recursive = false, limit = defaultLimit }, { signal }) =>
      withPlace(space, path, { links: 'all' }, (place) =>
        withFolder(place, async (folder) => {
          const entries: t.TypeOf<typeof Entry>[] = []
          const realRoots = await space.realRoots()
          for await (const { path, name, stats } of entriesIn({ folder, location: place.location, realRoots, recursive, signal })) {
            if (entries.length === limit) return { path: place.label, entries, truncated: true }
            entries.push({ path: labelBelow(place.label, path), name, kind: kindOf(stats), bytes: bytesOf(stats) })
          }
          return { path: place.label, entries }
        }),
      ),
  })
}
