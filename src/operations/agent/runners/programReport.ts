// operations/agent/runners: agent programs, started for each turn of a task, and what they report.
import { StringDecoder } from 'node:string_decoder'
import { headAndTail } from '../../../model/text/headAndTail.js'
import type { AttemptContext } from '../../../model/work.js'
import { readClaude } from '../lines/claude.js'
import { readCodex } from '../lines/codex.js'
import { lineReader } from '../lines/lineReader.js'
import { readNdjson } from '../lines/ndjson.js'
import type { ReadLine, RunnerEvent } from '../lines/runnerEvent.js'
import type { Usage } from '../../../model/usage.js'
import type { Prices } from '../agentSettings.js'
import { priced } from '../priced.js'
import type { LineFormat } from '../runner.js'

/** What an agent program has told, and how it stands with its task. */
export interface ProgramReport {
  /** False once a line is longer than it may be: nothing after it is read. */
  stdout(chunk: Buffer): boolean
  stderr(chunk: Buffer): void
  /** Reads a last line that has no end. */
  close(): void
  readonly state: ProgramState
}

export interface ProgramState {
  answer: string | undefined
  usage: Usage | undefined
  done: boolean
  failure: string | undefined
  question: string | undefined
}

const keptBytes = 1024 * 1024

/** Passes on what a program tells as it comes, as events of its attempt. */
export function programReport(format: LineFormat, longest: number, context: AttemptContext, prices?: Prices): ProgramReport {
  const state: ProgramState = { answer: undefined, usage: undefined, done: false, failure: undefined, question: undefined }
  const decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  // A character that comes in two pieces is told whole.
  const tell = (stream: 'stdout' | 'stderr', chunk: Buffer): void => {
    const text = decoders[stream].write(chunk)
    if (text !== '') context.output(stream, text)
  }
  const stderr = (chunk: Buffer): void => tell('stderr', chunk)
  const read = readers[format]
  if (read === undefined) {
    const kept = headAndTail(keptBytes / 2, keptBytes / 2)
    const stdout = (chunk: Buffer): boolean => {
      kept.add(chunk)
      tell('stdout', chunk)
      return true
    }
    // Whatever it wrote is its answer, once it has ended well.
    const close = (): void => {
      state.answer = kept.text().text.trimEnd()
      state.done = true
    }
    return { stdout, stderr, close, state }
  }
  const lines = lineReader(longest)
  const hear = (line: string): void => read(line).forEach((event) => note(event, state, context, prices))
  return {
    stdout(chunk) {
      const complete = lines.add(chunk)
      complete?.forEach(hear)
      return complete !== undefined
    },
    stderr,
    close: () => hear(lines.rest()),
    state,
  }
}

const readers: Readonly<Record<LineFormat, ReadLine | undefined>> = {
  text: undefined,
  ndjson: readNdjson,
  claude: readClaude,
  codex: readCodex,
}

function note(event: RunnerEvent, state: ProgramState, context: AttemptContext, prices: Prices | undefined): void {
  switch (event.type) {
    case 'output':
      return context.output('stdout', event.text)
    case 'progress':
      return context.progress(event.fraction, event.message)
    case 'usage':
      state.usage = priced(event.usage, prices)
      return context.emit('usage', state.usage)
    case 'answer':
      state.answer = event.text
      return
    case 'done':
      state.done = true
      return
    case 'failure':
      state.failure = event.message
      return
    case 'input-required':
      state.question = event.question
  }
}
