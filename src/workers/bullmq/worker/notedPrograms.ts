import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { endLeftPrograms, type LeftGroup } from '../../../operations/group/endLeftPrograms.js'
import { orOnCode } from '../../../system/errorCode.js'
import { ownerName, ownerNamed, stateOf, thisOwner } from '../../../system/owner.js'
import { makePrivateFolder, makeStateFolder } from '../../../system/stateFolder.js'

/** The programs that the attempts of a worker have started, noted on disk: should it be killed, the next one ends them. */
export interface NotedPrograms {
  started(claim: string, pid: number, startedAt: string | undefined): void
  /** The attempt has ended, and its programs with it. */
  ended(claim: string): void
  close(): void
}

/** A file that is longer begins anew when no program runs. */
const longestFile = 65_536

/** Notes programs in the state folder of a root. */
export function notedPrograms(root: string): NotedPrograms {
  const file = join(notesFolder(root), ownerName(thisOwner()))
  const running = new Set<string>()
  let written = 0
  return {
    started(claim, pid, startedAt) {
      running.add(claim)
      const line = `${JSON.stringify({ pid, startedAt })}\n`
      written += line.length
      appendFileSync(file, line, { mode: 0o600 })
    },
    ended(claim) {
      if (!running.delete(claim) || running.size > 0 || written < longestFile) return
      truncateSync(file)
      written = 0
    },
    close: () => rmSync(file, { force: true }),
  }
}

/** Notes nothing: for a worker that was given no root. */
export const unnotedPrograms: NotedPrograms = { started: () => undefined, ended: () => undefined, close: () => undefined }

/** Ends the programs that workers which were killed on this machine have left running. */
export async function endProgramsOfKilled(root: string): Promise<number> {
  const folder = notesFolder(root)
  const gone = readdirSync(folder).filter((name) => {
    const owner = ownerNamed(name)
    return owner !== undefined && stateOf(owner) === 'gone'
  })
  const left = gone.flatMap((name) => notesIn(join(folder, name)))
  await endLeftPrograms(left)
  for (const name of gone) rmSync(join(folder, name), { force: true })
  return left.length
}

function notesFolder(root: string): string {
  const folder = join(makeStateFolder(root), 'workers')
  makePrivateFolder(folder)
  return folder
}

function notesIn(file: string): readonly LeftGroup[] {
  const text = orOnCode(['ENOENT'], '', () => readFileSync(file, 'utf8')) // Another worker has done so.
  return text.split('\n').flatMap((line) => noteIn(line))
}

/** The last line may have been cut off by the kill. */
function noteIn(line: string): readonly LeftGroup[] {
  const [, pid, startedAt] = /^\{"pid":(\d+),"startedAt":"([^"]*)"\}$/.exec(line) ?? []
  return pid === undefined || startedAt === undefined ? [] : [{ pid: Number(pid), startedAt }]
}
