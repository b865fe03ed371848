import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { boolean, text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { bytesOf, entryBytes, EntryKind, entryKindOf, labelBelow } from './confine/entry.js'
import { isTextName, textOfName } from './confine/fileName.js'
import { withFolder, withTarget } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { entriesIn } from './find/entriesIn.js'
import { folderOfBytes } from './find/matchingFiles.js'
import { notText, pathText, resultPath } from './params.js'
import { reading } from './pathOperation.js'
import { givingWay } from './tree/givingWay.js'

const defaultLimit = 10_000

const Params = closed(
  'the params of file.list',
  {},
  {
    path: described(pathText, 'The folder. Default: the first root.'),
    recursive: described(boolean, 'Includes the contents of subfolders. Links are not followed. Default false.'),
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
  { truncated: described(boolean, 'True when there are more than limit.'), notText },
)

/** `file.list`: what a folder holds. */
export function list(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, 'follows-last-link', ({ path = '.' }) => path, {
    operation: 'list',
    summary: 'Lists what is in a folder.',
    params: Params,
    result: Result,
    perform: ({ path = '.', recursive = false, limit = defaultLimit }, { signal }) =>
      withTarget(space, path, { links: 'all', purpose: 'read', signal }, (target) =>
        withFolder(target, async (folder) => {
          const entries: t.TypeOf<typeof Entry>[] = []
          const bytesIn = new Set<string>()
          const walk = { folder, location: target.location, realRoots: space.realRoots(), recursive, pause: givingWay(signal) }
          let truncated = false
          for await (const { path, name, stats } of entriesIn(walk)) {
            truncated = entries.length === limit
            if (truncated) break
            if (!isTextName(path)) bytesIn.add(labelBelow(target.label, folderOfBytes(path)))
            const entry = { path: labelBelow(target.label, path), name: textOfName(name), kind: entryKindOf(stats), bytes: bytesOf(stats) }
            entries.push(entry)
          }
          return { path: target.label, entries, ...(truncated && { truncated }), ...(bytesIn.size > 0 && { notText: [...bytesIn] }) }
        }),
      ),
  })
}
