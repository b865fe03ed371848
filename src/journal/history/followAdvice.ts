import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { errorCode } from '../../system/errorCode.js'
import { historyOf } from '../stateFolder.js'
import { givenAdvice, type GivenAdvice } from './givenAdvice.js'
import { entryOfLine } from './historyEntry.js'

/** So many bytes before the place that was reached tell whether it is still the same file: most of a line, with times to the µs. */
const mostKept = 4_096
const lineEnd = 0x0a

/**
 * Gives, each time it is asked, what the runs in the history of a root advised. Only the lines that came since it was asked last are
 * read, whoever wrote them; all of them again when the history was replaced.
 */
export function followAdvice(root: string): () => GivenAdvice {
  let given = givenAdvice()
  let reached = 0
  let kept: Buffer = Buffer.alloc(0)

  const bytesFromKept = (): Buffer => {
    const bytes = bytesFrom(historyOf(root), reached - kept.length)
    if (bytes.subarray(0, kept.length).equals(kept)) return bytes
    given = givenAdvice()
    reached = 0
    kept = Buffer.alloc(0)
    return bytesFrom(historyOf(root), 0)
  }

  return () => {
    const bytes = bytesFromKept()
    const whole = Math.max(kept.length, bytes.lastIndexOf(lineEnd) + 1)
    for (const line of bytes.toString('utf8', kept.length, whole).split('\n')) {
      const entry = line === '' ? undefined : entryOfLine(line)
      if (entry !== undefined) given.add(entry)
    }
    // A last line without its end is an entry if it reads as one; if not, it may still be on its way.
    const last = entryOfLine(bytes.toString('utf8', whole))
    if (last !== undefined) given.add(last)
    const taken = last === undefined ? whole : bytes.length
    reached += taken - kept.length
    kept = Buffer.from(bytes.subarray(Math.max(0, taken - mostKept), taken))
    return given
  }
}

/** Nothing when there is no such file, or when it ends before. */
function bytesFrom(path: string, place: number): Buffer {
  const file = openIfThere(path)
  if (file === undefined) return Buffer.alloc(0)
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - place))
    let filled = 0
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, place + filled)
      if (read === 0) break // It was cut meanwhile.
      filled += read
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}
