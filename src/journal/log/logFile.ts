import { closeSync, constants, fdatasync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { BatchEvent } from '../../model/event.js'
import { OperationFailure } from '../../model/operationError.js'
import { decodeLog } from './decodeLog.js'
import { LogDamageError } from './logDamage.js'
import { encodeLine } from './logLine.js'
import { defaultOutputBytes, outputBound } from './outputBound.js'

/** What a stored event survives: `none` nothing for sure, `process` the end of this process, `power` a power cut. */
export type Durability = 'none' | 'process' | 'power'

/** An event log open for writing. */
export interface LogFile {
  append(event: BatchEvent): void
  /** Resolves when everything appended so far is stored with its durability; rejects with the error that ended the writing. */
  flush(): Promise<void>
  /** Hands what is held back to the operating system, now. */
  write(): void
  close(): void
}

const heldBack = 64 * 1024
/** Room for what is held back and for one line more, unless that is a long one. */
const mostRoom = 2 * heldBack
/** All that a short run ever says: for that alone there is no need of so much memory that is no longer taken from the heap. */
const firstRoom = 16 * 1024
/** Of a text's every unit, as UTF-8. */
const mostBytes = 3
const sync = promisify(fdatasync)

/**
 * Opens a log, and makes it if it is missing. A torn last line is cut away; a damaged log is refused (`LogDamageError`).
 *
 * Writing happens in large pieces, in this thread: the pieces stay in order whatever happens to this process between two of them, and a
 * piece costs less than handing it to another thread. Only the sync to the disk runs beside it, one at a time: what is appended meanwhile
 * is made safe by the next one, together. The first error ends the writing for good: after a failed sync nobody can know what is on the
 * disk (fsyncgate, 2018), and a log with a gap would be of no use.
 */
export function openLog(path: string, durability: Durability, outputBytes = defaultOutputBytes): LogFile {
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  let { position, seq } = recovered(file, path)
  const bound = outputBound(outputBytes)
  let held = Buffer.allocUnsafe(firstRoom)
  let filled = 0
  let scheduled = false
  let synced = position
  let syncing: Promise<void> | undefined
  let next: Promise<void> | undefined
  let failure: { readonly error: unknown } | undefined

  const writeOut = (bytes: Buffer): void => {
    if (failure !== undefined) return
    try {
      for (let done = 0; done < bytes.length;) {
        const written = writeSync(file, bytes, done, bytes.length - done, position)
        done += written
        position += written
      }
    } catch (error) {
      // Told by `flush`. What was half written is a torn line, which every reader cuts.
      failure = { error }
    }
  }

  const write = (): void => {
    const bytes = held.subarray(0, filled)
    filled = 0
    writeOut(bytes)
  }

  const widen = (): void => {
    const narrow = held
    held = Buffer.allocUnsafe(mostRoom)
    narrow.copy(held, 0, 0, filled)
  }

  const hold = (line: string): void => {
    const most = line.length * mostBytes
    if (most > held.length - filled && held.length < mostRoom) widen()
    if (most > held.length - filled) write()
    if (most > held.length) writeOut(Buffer.from(line))
    else filled += held.write(line, filled)
  }

  const writeSoon = (): void => {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      write()
    })
  }

  const start = async (): Promise<void> => {
    write()
    const reached = position
    if (failure === undefined)
      await sync(file).catch((error: unknown) => {
        failure = { error }
      })
    syncing = undefined
    if (failure !== undefined) throw failure.error
    synced = reached
  }

  return {
    append(event) {
      if (event.seq !== seq) throw new OperationFailure(wrongPlace(event, seq, path))
      seq++
      for (const logged of bound.take(event)) hold(encodeLine(logged.event, logged))
      if (filled >= heldBack) write()
      else writeSoon()
    },
    flush() {
      write()
      if (failure !== undefined) return Promise.reject(failure.error as Error)
      if (durability !== 'power' || synced === position) return Promise.resolve()
      if (syncing === undefined) return (syncing = start())
      // What is under way may not cover what was just written: the next one does, for all who ask until it begins.
      next ??= syncing.then(() => {
        next = undefined
        return (syncing = start())
      })
      return next
    },
    write,
    close() {
      write()
      closeSync(file)
    },
  }
}

/** Where a log ends, and the number of the event that comes next. */
function recovered(file: number, path: string): { readonly position: number; readonly seq: number } {
  const bytes = readFileSync(file)
  const { events, cutAt, damage } = decodeLog(bytes)
  if (damage !== undefined) throw new LogDamageError(damage, path)
  if (cutAt !== undefined) ftruncateSync(file, cutAt)
  return { position: cutAt ?? bytes.length, seq: events.reduce((next, { seq }) => Math.max(next, seq + 1), 0) }
}

function wrongPlace({ runId, seq }: BatchEvent, expected: number, path: string): OperationFailure['error'] {
  const message =
    seq === 0
      ? `${path} holds ${expected} ${expected === 1 ? 'event' : 'events'} of an earlier run with the id ${runId}.\nGive this run another id.`
      : `${path} expects event ${expected} next, and was given event ${seq} of run ${runId}.`
  return { type: 'already-exists', path, message, retryable: false }
}
