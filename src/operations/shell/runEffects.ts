import { isAbsolute, join } from 'node:path'
import { notYetKnown, type Effects, type Foreseen, type Touch } from '../../model/effects.js'
import type { Roots } from '../file/confine/roots.js'
import { touchesAt } from '../file/confine/touches.js'
import type { RunParams } from './runParams.js'

/** Any file at all: for a place that is not known before the run. */
const somewhere: Touch = { resource: 'file:', orderOnly: true }

/** What a program touches: it follows the folder it runs in, and reads and writes what its operation declares. */
export function runEffects(space: Roots, { cwd = '.', reads, writes, stdoutTo }: Foreseen<RunParams>): Effects {
  return {
    follows: [placeOf(space, cwd)],
    ...(reads !== undefined && { reads: touches(space, cwd, reads) }),
    ...((writes !== undefined || stdoutTo !== undefined) && {
      writes: [...touches(space, cwd, writes ?? []), ...(stdoutTo === undefined ? [] : [placeOf(space, stdoutTo)])],
    }),
  }
}

/** A path as it is on the disk: its links lead to where others may read and write. */
function placeOf(space: Roots, path: string | typeof notYetKnown): Touch {
  return touchesAt(space, path, true).place
}

function touches(space: Roots, folder: string | typeof notYetKnown, paths: readonly string[] | typeof notYetKnown): readonly Touch[] {
  if (paths === notYetKnown) return [somewhere]
  return paths.map((path) => {
    if (isAbsolute(path)) return placeOf(space, path)
    return folder === notYetKnown ? somewhere : placeOf(space, join(folder, path))
  })
}
