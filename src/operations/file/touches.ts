import { notYetKnown, type NotYetKnown, type Touch } from '../../model/effects.js'
import { absolutePath, slashed, type Roots } from './confine/roots.js'

/** What an operation touches: the path as written, links not resolved. Unknown before the run, it may be anywhere. */
export function touchOf(space: Roots, path: string | NotYetKnown): Touch {
  if (path === notYetKnown) return { resource: 'file:', orderOnly: true }
  const absolute = slashed(absolutePath(space, path))
  return { resource: `file:${absolute === '/' ? '' : absolute}` }
}
