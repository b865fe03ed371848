import { startUndo } from '../../graph/operations/startUndo.js'
import type { Results, CompiledOperation } from '../../model/graph.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { Outcome } from '../../model/outcome.js'
import type { Elsewhere } from './performElsewhere.js'
import { observeWork } from './observeWork.js'
import type { Redaction } from '../secrets/redaction.js'
import type { UndoStep } from './rollback.js'

/** What keeps the secrets of a run out of what an undo reports. */
export type UndoRedaction = Pick<Redaction, 'conceal' | 'redact' | 'redactStream'>

/** What an undo has from its run. */
export interface UndoSetting {
  readonly redaction: UndoRedaction
  readonly runId: string
  readonly trace: TraceContext | undefined
  readonly elsewhere: Elsewhere | undefined
}

/** The undo that a plan gave. It may refer to the result of its own operation, and to nothing else. */
export function planUndo(operation: CompiledOperation, outcome: Outcome, { redaction, runId, trace, elsewhere }: UndoSetting): UndoStep {
  const value = outcome.type === 'succeeded' ? outcome.value : undefined
  const results: Results = {
    has: () => outcome.type === 'succeeded',
    get: () => value,
    outcome: () => outcome,
    conceal: (text) => redaction.conceal(text),
  }
  const { redact, redactStream } = redaction
  return (signal) =>
    new Promise((resolve, reject) => {
      const placed = elsewhere?.undo(operation, { signal, redact }, results)
      if (placed !== undefined) return void placed.then(resolve, reject)
      const started = startUndo(
        operation,
        { id: operation.id, runId, trace, attempt: 1, signal, undoable: false, redact, redactStream, ...unheard },
        results,
      )
      const stop = observeWork(started?.work, { gave: resolve, threw: reject })
      if (stop !== undefined) signal.addEventListener('abort', stop, { once: true })
    })
}

// The operations have all ended: an undo tells only whether it worked, and why not.
const unheard = {
  output: (): void => undefined,
  progress: (): void => undefined,
  process: (): void => undefined,
  emit: (): void => undefined,
  ready: (): void => undefined,
  room: (): undefined => undefined,
  onUndo: (): void => undefined,
  child: (): never => {
    throw new TypeError('An undo cannot add operations.')
  },
}
