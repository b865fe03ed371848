import type * as t from 'io-ts'
import type { AttemptContext } from '../../../model/work.js'
import { contentBytes } from './contentBytes.js'
import type { Encoding } from '../params.js'
import { folderMaker } from './parents.js'
import { withPlace } from '../confine/pathTarget.js'
import type { Roots } from '../confine/roots.js'
import type { Place, WalkOptions } from '../confine/resolvePath.js'

interface GivenContent {
  readonly path: string
  readonly content: unknown
  readonly encoding?: t.TypeOf<typeof Encoding>
}

/** Finds the place for a content that was given, and makes the folders missing on the way: not before the content is known to be good. */
export async function withContent<A>(
  space: Roots,
  context: AttemptContext,
  { path, content, encoding }: GivenContent,
  links: WalkOptions['links'],
  use: (place: Place, bytes: Uint8Array) => Promise<A>,
): Promise<A> {
  const bytes = contentBytes(content, encoding)
  return withPlace(space, path, { links, makeFolder: folderMaker(space, context) }, (place) => use(place, bytes))
}
