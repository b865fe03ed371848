import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { OperationFailure } from '../../model/operationError.js'
import { findTarget } from '../file/confine/findTarget.js'
import type { Roots } from '../file/confine/roots.js'
import { systemError } from '../systemError.js'

/** The real path of the folder a program shall run in. Rejects when there is none, and when it is outside the roots, links followed. */
export async function workingFolder(roots: readonly [string, ...string[]], cwd: string): Promise<string> {
  const asked = resolve(roots[0], cwd)
  const folder = await realFolder(asked, cwd)
  const realRoots = await Promise.all(roots.map((root) => realFolder(root, root)))
  if (realRoots.some((root) => holds(root, folder))) return folder
  const leads = folder === asked ? '' : ` It leads to ${folder}.`
  throw new OperationFailure({
    type: 'not-allowed',
    message:
      `cwd: "${cwd}" is outside the folders of this run: ${roots.join(', ')}.${leads} ` +
      'Choose a folder inside them, or start the run with another --root.',
    retryable: false,
    what: cwd,
  })
}

/** Refuses to run a program in a folder whose content may not be changed. `folder` is its real path. */
export function refuseReservedFolder(space: Roots, folder: string, named: string): void {
  try {
    // What a program writes without saying where.
    findTarget(space, join(folder, 'output'), named, { links: 'parents', purpose: 'change' }).folder.release()
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error
    throw new OperationFailure({ ...error.error, message: `cwd: ${error.error.message}` })
  }
}

async function realFolder(path: string, named: string): Promise<string> {
  const real = await realpath(path).catch((error: unknown) => {
    throw new OperationFailure(isAbsence(error) ? absent(path, named, error) : systemError(error, named))
  })
  if ((await stat(real)).isDirectory()) return real
  const message = `cwd: "${named}" is a file. A program runs in a folder: name the one the file is in.`
  throw new OperationFailure({ type: 'system', code: 'ENOTDIR', path: named, message, retryable: false })
}

const isAbsence = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

function absent(path: string, named: string, cause: unknown) {
  const message =
    `cwd: there is no folder "${named}"${named === path ? '' : ` (${path})`}. ` +
    'Make it first: with a file mkdir operation among the dependencies of this one.'
  return { type: 'not-found', message, retryable: false, what: named, cause } as const
}

function holds(root: string, folder: string): boolean {
  const way = relative(root, folder)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
