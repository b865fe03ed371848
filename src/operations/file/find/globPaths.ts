import type { Dirent, readdir } from 'node:fs'
import { readdir as entriesOf } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { callbackify } from 'node:util'
import { atMost } from '../atMost.js'
import { exchanged } from './entriesIn.js'
import { labelBelow } from '../confine/entry.js'
import { climbs, plainGlob } from './globPattern.js'
import { withFolder } from '../confine/pathTarget.js'
import { patternClimbs } from '../confine/refusals.js'
import { reservedAround, slashed, type Roots } from '../confine/roots.js'
import { withPathErrors } from '../confine/withPathErrors.js'
import { resolvePath, type Place } from '../confine/resolvePath.js'

export interface GlobOptions {
  readonly patterns: readonly string[]
  readonly ignore: readonly string[]
  readonly dot: boolean
  readonly signal: AbortSignal
}

/** The paths of files below a place that match, seen from there, sorted. Links are neither followed nor given. */
export async function globPaths(space: Roots, base: Place, { patterns, ignore, dot, signal }: GlobOptions): Promise<readonly string[]> {
  for (const pattern of [...patterns, ...ignore]) if (climbs(pattern)) throw patternClimbs(pattern)
  await withFolder(base, () => Promise.resolve()) // What cannot be entered is an error here, and nothing to report further down.
  // The matcher never sees the real path, whose name may mean something to it: it works below this one.
  const top = slashed(resolve('/glob'))
  const turns = atMost(8)
  let failure: { readonly thrown: unknown } | undefined
  const read = async (path: string): Promise<Dirent[]> =>
    turns(() => entriesBelow(space, base, path.slice(top.length + 1).replace(/\/$/, ''))).catch((thrown: unknown) => {
      failure ??= { thrown }
      return []
    })
  // Few plans match paths: none of the others waits for the matcher.
  const { glob } = await import('tinyglobby')
  const found = await glob(patterns.map(plainGlob), {
    cwd: top,
    ignore: ignore.map(plainGlob),
    dot,
    signal,
    extglob: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    // Reading folders is all it does to the disk without following links, and of the forms of readdir it calls just this one.
    fs: { readdir: callbackify((path: string, _options: unknown) => read(path)) as unknown as typeof readdir },
  })
  signal.throwIfAborted()
  if (failure !== undefined) throw failure.thrown
  return found.sort()
}

async function entriesBelow(space: Roots, base: Place, path: string): Promise<Dirent[]> {
  const label = labelBelow(base.label, path)
  const location = join(base.location, path)
  const realRoots = await space.realRoots()
  if (reservedAround(realRoots, location) !== undefined) return []
  const entries = await withPathErrors(label, readBelow(space, location, label).catch(exchanged))
  return (entries ?? []).filter(({ name }) => reservedAround(realRoots, join(location, name)) === undefined)
}

async function readBelow(space: Roots, location: string, label: string): Promise<Dirent[]> {
  const place = await resolvePath(space, location, label, { links: 'none' })
  return withFolder(place, (folder) => entriesOf(folder.at('.'), { withFileTypes: true })).finally(() => place.folder.release())
}
