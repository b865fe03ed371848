import type * as t from 'io-ts'
import type { AttemptContext } from '../../../model/work.js'
import { withTarget } from '../confine/pathTarget.js'
import type { PathTarget, WalkOptions } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import type { Encoding } from '../params.js'
import { contentBytes } from './contentBytes.js'
import { lockTargets } from './lockTarget.js'
import { folderMaker } from './parents.js'

interface GivenContent {
  readonly path: string
  readonly content: unknown
  readonly encoding?: t.TypeOf<typeof Encoding>
}

/**
 * Finds the target of a content that was given, makes the folders missing on the way, and holds its lock: not before the content is known
 * to be good.
 */
export async function withContent<A>(
  space: Roots,
  context: AttemptContext,
  { path, content, encoding }: GivenContent,
  links: WalkOptions['links'],
  use: (target: PathTarget, bytes: Uint8Array) => Promise<A>,
): Promise<A> {
  const bytes = contentBytes(content, encoding)
  const walk = { links, purpose: 'change', makeFolder: folderMaker(space, context), signal: context.signal } as const
  return withTarget(space, path, walk, (target) => lockTargets([target], context.signal, () => use(target, bytes)))
}
