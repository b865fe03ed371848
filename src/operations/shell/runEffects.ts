import { isAbsolute, resolve } from 'node:path'
import { notYetKnown, type Effects, type Foreseen, type Touch } from '../../model/effects.js'
import type { RunParams } from './runParams.js'

/** Any file at all: for a place that is not known before the run. */
const somewhere: Touch = { resource: 'file:', orderOnly: true }

/** What a program touches: it follows the folder it runs in, and reads and writes what its operation declares. */
export function runEffects(root: string, { cwd = '.', reads, writes, stdoutTo }: Foreseen<RunParams>): Effects {
  const folder = cwd === notYetKnown ? notYetKnown : resolve(root, cwd)
  return {
    follows: [folder === notYetKnown ? somewhere : { resource: `file:${folder}` }],
    ...(reads !== undefined && { reads: touches(folder, reads) }),
    ...((writes !== undefined || stdoutTo !== undefined) && {
      writes: [...touches(folder, writes ?? []), ...outputFile(root, stdoutTo)],
    }),
  }
}

function outputFile(root: string, path: string | typeof notYetKnown | undefined): readonly Touch[] {
  return path === undefined ? [] : touches(root, path === notYetKnown ? path : [path])
}

function touches(folder: string | typeof notYetKnown, paths: readonly string[] | typeof notYetKnown): readonly Touch[] {
  if (paths === notYetKnown) return [somewhere]
  return paths.map((path) => {
    if (folder !== notYetKnown) return { resource: `file:${resolve(folder, path)}` }
    return isAbsolute(path) ? { resource: `file:${resolve(path)}` } : somewhere
  })
}
