// workers/bullmq/wire: what runs and workers say to one another over Redis, sealed with a key that both have.
import * as E from 'fp-ts/lib/Either.js'
import { readFileSync, statSync } from 'node:fs'
import { errorCode } from '../../../system/errorCode.js'

/** The variable that holds the key, or the path of a file that does. */
export const queueKeyVariable = 'MILLRACE_QUEUE_KEY'

/** Why there is no key. `describeKeyFault` makes the text. */
export type KeyFault =
  | { readonly type: 'no-key' }
  | { readonly type: 'no-such-file'; readonly path: string; readonly code: string }
  | { readonly type: 'open-to-others'; readonly path: string; readonly mode: string }
  | { readonly type: 'not-a-key'; readonly where: string; readonly bytes: number }

const keyBytes = 32
const base64 = /^[A-Za-z0-9+/]{43}=?$/

/** The key that runs and workers seal with: 32 bytes as base64, or the path of a file that holds them and that nobody else may read. */
export function readQueueKey(given: string | undefined): E.Either<KeyFault, Uint8Array> {
  if (given === undefined || given.trim() === '') return E.left({ type: 'no-key' })
  const text = given.trim()
  if (base64.test(text)) return E.right(Buffer.from(text, 'base64'))
  // Whoever meant a key must not read of a file that is missing.
  if (!text.includes('/') && !text.includes('\\')) return E.left({ type: 'not-a-key', where: queueKeyVariable, bytes: bytesIn(text) })
  return fromFile(text)
}

function fromFile(path: string): E.Either<KeyFault, Uint8Array> {
  try {
    const { mode } = statSync(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      return E.left({ type: 'open-to-others', path, mode: (mode & 0o777).toString(8).padStart(4, '0') })
    const text = readFileSync(path, 'utf8').trim()
    return base64.test(text) ? E.right(Buffer.from(text, 'base64')) : E.left({ type: 'not-a-key', where: path, bytes: bytesIn(text) })
  } catch (error) {
    const code = errorCode(error)
    if (code === undefined) throw error
    return E.left({ type: 'no-such-file', path, code })
  }
}

function bytesIn(text: string): number {
  return Buffer.from(text, 'base64').length
}

const wayOut = `Make one with: openssl rand -base64 ${keyBytes}. Use the same key for the run and every worker.`

export function describeKeyFault(fault: KeyFault): string {
  switch (fault.type) {
    case 'no-key':
      return `${queueKeyVariable} is not set. It is the key that seals everything in the queue, or the path of a file that holds it.\n${wayOut}`
    case 'no-such-file':
      return `${queueKeyVariable}: ${fault.path} could not be read (${fault.code}).\nName a file that holds the key, or give the key itself.`
    case 'open-to-others':
      return `${queueKeyVariable}: ${fault.path} can be read by others (mode ${fault.mode}).\nRun: chmod 600 ${fault.path}`
    case 'not-a-key':
      return `${fault.where} holds ${fault.bytes} bytes in base64; a key has ${keyBytes}.\n${wayOut}`
  }
}
