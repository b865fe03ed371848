import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { BatchEvent } from '../model/event.js'
import { logDecoder } from './log/decodeLog.js'
import { LogDamageError } from './log/logDamage.js'
import { logName } from './runLog.js'

/**
 * Reads the events of a run from its folder, in order, without holding them all.
 *
 * Ends before a last line whose writing was interrupted. Throws a `LogDamageError`, after every intact event, if the bytes are not those
 * that were written, and the error of the system if the log cannot be read.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { readRun, record } from 'millrace/node'
 * const { runId } = await lastValueFrom(runBatch([]).pipe(record()))
 * const seqs = []
 * for await (const { seq } of readRun(`.millrace/runs/${runId}`)) seqs.push(seq)
 * seqs // => [0, 1]
 * ```
 * @since 0.1.0
 */
export async function* readRun(folder: string): AsyncIterableIterator<BatchEvent> {
  const file = join(folder, logName)
  const decoder = logDecoder()
  // Given no encoding, the stream gives bytes.
  for await (const bytes of createReadStream(file, { highWaterMark: 256 * 1024 })) yield* decoder.push(bytes as Buffer)
  const { damage } = decoder.end()
  if (damage !== undefined) throw new LogDamageError(damage, file)
}
