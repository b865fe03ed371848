import type { AttemptContext } from '../../model/work.js'

/** The same context, whose signal is aborted by another one as well. Made only when a body asks for its signal: few do. */
export function withSignal(context: AttemptContext, other: AbortSignal): AttemptContext {
  let both: AbortSignal | undefined
  return {
    id: context.id,
    runId: context.runId,
    attempt: context.attempt,
    undoable: context.undoable,
    get signal() {
      return (both ??= AbortSignal.any([context.signal, other]))
    },
    output: (stream, text) => context.output(stream, text),
    progress: (fraction, message) => context.progress(fraction, message),
    process: (pid, startedAt) => context.process(pid, startedAt),
    emit: (name, data) => context.emit(name, data),
    ready: (value) => context.ready(value),
    onUndo: (undo) => context.onUndo(undo),
    redact: (text) => context.redact(text),
    redactStream: () => context.redactStream(),
    room: () => context.room(),
    child: (child) => context.child(child),
  }
}
