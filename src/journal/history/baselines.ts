import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as t from 'io-ts'
import { RunRecord } from '../../monitor/history/runRecord.js'
import { errorCode } from '../../system/errorCode.js'
import { makePrivateFolder, makeStateFolder } from '../../system/stateFolder.js'
import { baselinesOf } from '../stateFolder.js'
import { valueOfJson } from '../log/textOfFile.js'

/** Runs kept under a name: they stay when the history is removed. */
export const Baseline = t.readonly(t.type({ v: t.literal(1), runs: t.readonlyArray(RunRecord) }))
export type Baseline = t.TypeOf<typeof Baseline>

/** Names that can be a file's anywhere, and that no reference to a run in the history looks like. */
export function isBaselineName(name: string): boolean {
  return /^[A-Za-z0-9_][\w.-]{0,63}$/.test(name) && !/^last(~|$)/.test(name)
}

/** Undefined when there is none of this name, or none that this version can read. */
export async function readBaseline(root: string, name: string): Promise<Baseline | undefined> {
  if (!isBaselineName(name)) return undefined
  const decoded = Baseline.decode(valueOfJson(await orWhenMissing('', readFile(fileOf(root, name), 'utf8'))))
  return decoded._tag === 'Right' ? decoded.right : undefined
}

/** In the order of their names. */
export async function baselineNames(root: string): Promise<readonly string[]> {
  const files = await orWhenMissing<readonly string[]>([], readdir(baselinesOf(root)))
  return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [])).sort()
}

/** Puts it in the place of one of the same name, in one step. */
export async function writeBaseline(root: string, name: string, runs: readonly RunRecord[]): Promise<void> {
  makeStateFolder(root)
  makePrivateFolder(baselinesOf(root), false)
  const draft = join(baselinesOf(root), randomUUID())
  const baseline: Baseline = { v: 1, runs }
  await writeFile(draft, `${JSON.stringify(baseline)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(draft, fileOf(root, name))
}

/** Answers whether there was one. */
export async function removeBaseline(root: string, name: string): Promise<boolean> {
  if (!isBaselineName(name)) return false
  return orWhenMissing(
    false,
    rm(fileOf(root, name)).then(() => true),
  )
}

function fileOf(root: string, name: string): string {
  return join(baselinesOf(root), `${name}.json`)
}

async function orWhenMissing<A>(missing: A, found: Promise<A>): Promise<A> {
  try {
    return await found
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return missing
    throw error
  }
}
