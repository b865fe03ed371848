import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { logDecoder } from '../../journal/log/decodeLog.js'
import { LogDamageError } from '../../journal/log/logDamage.js'
import { logName } from '../../journal/runLog.js'
import type { BatchEvent } from '../../model/event.js'

/** The log of a run, read on as it grows. */
export interface FollowedLog {
  /** The events that came since the last time. Throws a `LogDamageError`. */
  readonly more: () => readonly BatchEvent[]
  readonly close: () => void
}

const pieceBytes = 256 * 1024

export function followLog(folder: string): FollowedLog {
  const path = join(folder, logName)
  const file = openSync(path, 'r')
  const decoder = logDecoder()
  return {
    more() {
      const events: BatchEvent[] = []
      for (;;) {
        const piece = Buffer.allocUnsafe(pieceBytes)
        const bytes = readSync(file, piece, 0, pieceBytes, null)
        for (const event of decoder.push(piece.subarray(0, bytes))) events.push(event)
        if (bytes < pieceBytes) break
      }
      const { damage } = decoder.end()
      if (damage !== undefined) throw new LogDamageError(damage, path)
      return events
    },
    close: () => closeSync(file),
  }
}
