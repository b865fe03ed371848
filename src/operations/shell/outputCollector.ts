import { StringDecoder } from 'node:string_decoder'
import { headAndTail, type HeadAndTail, type KeptText } from '../../model/text/headAndTail.js'
import { OperationFailure } from '../../model/operationError.js'
import type { AttemptContext } from '../../model/work.js'
import { untilRoom } from '../untilRoom.js'
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
  const masked = { stdout: maskedText(maxOutputBytes, context), stderr: maskedText(maxOutputBytes, context) }
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  const tell = (stream: Stream, text: string): void => {
    if (text !== '') context.output(stream, text)
  }
  // What is whole is given as it is. Of what is cut, secrets are masked first: a piece of one would not be found any more.
  const textOf = (stream: Stream): KeptText => {
    const whole = kept[stream].text()
    return whole.omitted === 0 ? whole : { ...masked[stream].text(), isUtf8: whole.isUtf8 }
  }
  const given = (text: string): string => (stripFinalNewline ? text.replace(/\r?\n$/, '') : text)

  return {
    hear(stream, chunk) {
      kept[stream].add(chunk)
      const text = decoders[stream].write(chunk)
      masked[stream].add(text)
      if (stream === 'stdout' && toFile !== undefined) return toFile(chunk)
      tell(stream, text)
      return untilRoom(context)
    },
    end(failed) {
      for (const stream of ['stdout', 'stderr'] as const) {
        const text = decoders[stream].end()
        masked[stream].add(text)
        masked[stream].end()
        if (stream === 'stderr' || toFile === undefined) tell(stream, text)
        else if (failed) tell(stream, textOf(stream).text)
      }
    },
    result() {
      const stderr = textOf('stderr')
      if (toFile !== undefined) return { stdout: '', stderr: given(stderr.text), ...notes({ stderr }) }
      if (as === 'base64') return { stdout: base64(kept.stdout, maxOutputBytes), stderr: given(stderr.text), ...notes({ stderr }) }
      const stdout = textOf('stdout')
      return { stdout: given(stdout.text), stderr: given(stderr.text), ...notes({ stdout, stderr }) }
    },
  }
}

interface MaskedText {
  add(text: string): void
  end(): void
  text(): KeptText
}

/** The same bounds, of the text without secrets. */
function maskedText(limitBytes: number, { redactStream }: AttemptContext): MaskedText {
  const kept = bounded(limitBytes)
  const stream = redactStream()
  const keep = (text: string): void => {
    if (text !== '') kept.add(Buffer.from(text))
  }
  return { add: (text) => keep(stream.add(text)), end: () => keep(stream.end()), text: () => kept.text() }
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
  const message = `stdout is larger than the limit of ${limit} bytes and cannot be returned as base64. Raise maxOutputBytes, or write it to a file with stdoutTo.`
  throw new OperationFailure({ type: 'too-large', message, retryable: false, limitBytes })
}
