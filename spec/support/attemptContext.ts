import type { AttemptContext } from '../../src/model/work.js'

/** The context of one attempt, outside any run, that keeps what the attempt told. */
export interface RecordedContext extends AttemptContext {
  readonly outputs: { readonly stream: 'stdout' | 'stderr'; readonly text: string }[]
  readonly progresses: { readonly fraction: number | undefined; readonly message?: string }[]
  readonly emitted: { readonly name: string; readonly data: unknown }[]
  /** What it stood ready with. */
  readonly readies: readonly unknown[]
  readonly undos: (() => PromiseLike<void>)[]
  /** Calls the undos as a rollback would: last to first, each after the one before it has ended. */
  readonly undo: () => Promise<void>
}

export function attemptContext(overrides: Partial<AttemptContext> = {}): RecordedContext {
  const outputs: RecordedContext['outputs'] = []
  const progresses: RecordedContext['progresses'] = []
  const emitted: RecordedContext['emitted'] = []
  const undos: RecordedContext['undos'] = []
  const readies: unknown[] = []
  return {
    id: 'it',
    runId: 'a run',
    attempt: 1,
    signal: new AbortController().signal,
    undoable: false,
    output: (stream, text) => void outputs.push({ stream, text }),
    progress: (fraction, message) => void progresses.push({ fraction, ...(message !== undefined && { message }) }),
    process: () => undefined,
    emit: (name, data) => void emitted.push({ name, data }),
    ready: (value) => void readies.push(value),
    onUndo: (undo) => void undos.push(undo),
    redact: (text) => text,
    redactStream: () => ({ add: (text) => text, end: () => '' }),
    room: () => undefined,
    child: () => Promise.reject(new Error('No child operation is expected here.')),
    ...overrides,
    outputs,
    progresses,
    emitted,
    undos,
    readies,
    undo: async () => {
      for (let next = undos.pop(); next !== undefined; next = undos.pop()) await next()
    },
  }
}
