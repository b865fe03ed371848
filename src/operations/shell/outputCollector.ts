import { StringDecoder } from 'node:string_decoder'
import { headAndTail, type HeadAndTail, type KeptText } from '../../model/headAndTail.js'
import { OperationFailure } from '../../model/operationError.js'
import type { AttemptContext } from '../../model/work.js'
import type { WriteMore } from '../file/write/writeFilled.js'
import { defaultMaxOutputBytes, type RunParams, type RunResult } from './runParams.js'

export type Stream = 'stdout' | 'stderr'

/** What a program writes, on its way to events, to a file and to the result. */
export interface OutputCollector {
  /** A promise while the bytes must be waited for. */
  readonly hear: (stream: Stream, chunk: Buffer) => Promise<void> | undefined
  /** Tells what is left, now that nothing more will come; of a failed program also what would have gone to the file. */
  readonly end: (failed: boolean) => void
  /** Throws when it cannot be given as asked for. */
  readonly result: () => Omit<RunResult, 'exitCode'>
}

/** With `toFile`, stdout goes there and is not told. */
export function outputCollector(
  { maxOutputBytes = defaultMaxOutputBytes, as = 'text', stripFinalNewline = true }: RunParams,
  context: AttemptContext,
  toFile: WriteMore | undefined,
): OutputCollector {
  const kept = { stdout: bounded(maxOutputBytes), stderr: bounded(maxOutputBytes) }
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  const tell = (stream: Stream, text: string): void => {
    if (text !== '') context.output(stream, text)
  }
  const given = (text: string): string => (stripFinalNewline ? text.replace(/\r?\n$/, '') : text)

  return {
    hear(stream, chunk) {
      kept[stream].add(chunk)
      if (stream === 'stdout' && toFile !== undefined) return toFile(chunk)
      tell(stream, decoders[stream].write(chunk))
      return undefined
    },
    end(failed) {
      if (failed && toFile !== undefined) tell('stdout', kept.stdout.text().text)
      for (const stream of ['stdout', 'stderr'] as const) tell(stream, decoders[stream].end())
    },
    result() {
      const stderr = kept.stderr.text()
      if (toFile !== undefined) return { stdout: '', stderr: given(stderr.text), ...notes({ stderr }) }
      if (as === 'base64') return { stdout: base64(kept.stdout, maxOutputBytes), stderr: given(stderr.text), ...notes({ stderr }) }
      const stdout = kept.stdout.text()
      return { stdout: given(stdout.text), stderr: given(stderr.text), ...notes({ stdout, stderr }) }
    },
  }
}

function bounded(limitBytes: number): HeadAndTail {
  const head = Math.floor(limitBytes / 2)
  return headAndTail(head, limitBytes - head)
}

function notes(texts: Partial<Record<Stream, KeptText>>): Pick<RunResult, 'truncated' | 'notText'> {
  const streams = (['stdout', 'stderr'] as const).filter((stream) => texts[stream] !== undefined)
  const notText = streams.filter((stream) => texts[stream]?.isUtf8 === false)
  const truncated = streams.some((stream) => (texts[stream]?.omitted ?? 0) > 0)
  return { ...(truncated && { truncated }), ...(notText.length > 0 && { notText }) }
}

// Of bytes that are no text, half is nothing anybody could use.
function base64(kept: HeadAndTail, limitBytes: number): string {
  const bytes = kept.whole()
  if (bytes !== undefined) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const limit = limitBytes.toLocaleString('en')
  const message = `stdout is larger than the ${limit} bytes it is kept up to, and cannot be given as base64. Raise maxOutputBytes, or write it to a file with stdoutTo.`
  throw new OperationFailure({ type: 'too-large', message, retryable: false, limitBytes })
}
