import { closeSync, constants, fstatSync, openSync, readSync, type BigIntStats } from 'node:fs'
import { exactStatsAt } from '../confine/entry.js'
import { fileIdOf } from '../confine/heldFolder.js'
import { refuseOther } from '../confine/openFile.js'
import type { PathTarget } from '../confine/findTarget.js'
import { readBytes, tooLarge } from '../find/readFile.js'
import { ChangedMeanwhile } from './replacing.js'

/**
 * A file as it was read. It stays open until it has been replaced: so the system need not free the old bytes within the rename, which keeps
 * the time between the last look and the rename short, and what others write into the old file meanwhile is not lost with it.
 */
export interface SeenFile {
  readonly bytes: Buffer
  /** Throws `ChangedMeanwhile` unless the target still holds exactly what was read. */
  readonly lastLook: () => void
  /** The bytes of the file that was read, when others have written into it since; undefined when nobody has. */
  readonly bytesOfOthers: () => Promise<Buffer | undefined>
  readonly close: () => void
}

/** Before Linux 6.13 times of files go by ticks: within one, a change of equal size shows in the bytes alone (as git knows it). */
const tickNs = 20_000_000n
const mostReads = 10

export async function seeFile(target: PathTarget, mostBytes: number, signal: AbortSignal): Promise<SeenFile> {
  const handle = openSync(target.folder.at(target.name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const { bytes, stats } = await readQuiet(handle, target.label, mostBytes, signal)
    const isRecent = BigInt(Date.now()) * 1_000_000n - stats.mtimeNs < tickNs
    const isSame = (now: BigIntStats): boolean =>
      now.size === stats.size && now.mtimeNs === stats.mtimeNs && (!isRecent || bytesEqual(handle, bytes))
    return {
      bytes,
      lastLook: () => {
        const now = exactStatsAt(target)
        if (now === undefined || fileIdOf(now) !== fileIdOf(stats) || !isSame(now)) throw new ChangedMeanwhile()
      },
      bytesOfOthers: async () => {
        const now = fstatSync(handle, { bigint: true })
        return isSame(now) ? undefined : readBytes(handle, 0, Number(now.size), signal)
      },
      close: () => closeSync(handle),
    }
  } catch (error) {
    closeSync(handle)
    throw error
  }
}

/** The bytes of a file at one moment: read again when they changed while they were read. */
async function readQuiet(
  handle: number,
  label: string,
  mostBytes: number,
  signal: AbortSignal,
): Promise<{ bytes: Buffer; stats: BigIntStats }> {
  for (let reads = 0; ; reads++) {
    const stats = fstatSync(handle, { bigint: true })
    refuseOther(stats, label)
    if (stats.size > BigInt(mostBytes)) throw tooLarge(label, Number(stats.size), mostBytes, 'Use a program for files as large as this.')
    const bytes = await readBytes(handle, 0, Number(stats.size), signal)
    const after = fstatSync(handle, { bigint: true })
    if ((after.mtimeNs === stats.mtimeNs && after.size === stats.size) || reads === mostReads) return { bytes, stats: after }
  }
}

function bytesEqual(handle: number, bytes: Buffer): boolean {
  const now = Buffer.allocUnsafe(bytes.length + 1)
  let done = 0
  for (;;) {
    const read = readSync(handle, now, done, now.length - done, done)
    if (read === 0) break
    done += read
  }
  return done === bytes.length && now.subarray(0, done).equals(bytes)
}
