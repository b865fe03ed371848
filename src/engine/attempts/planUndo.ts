import { startUndo } from '../../graph/operations/startUndo.js'
import type { Results, CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import { observeWork } from './observeWork.js'
import type { UndoStep } from './rollback.js'

/** The undo that a plan gave. It may refer to the result of its own operation, and to nothing else. */
export function planUndo(operation: CompiledOperation, outcome: Outcome, conceal: (text: string) => void, runId: string): UndoStep {
  const value = outcome.type === 'succeeded' ? outcome.value : undefined
  const results: Results = {
    has: () => outcome.type === 'succeeded',
    get: () => value,
    outcome: () => outcome,
    conceal: (text) => conceal(text),
  }
  return (signal) =>
    new Promise((resolve, reject) => {
      const started = startUndo(operation, { id: operation.id, runId, attempt: 1, signal, undoable: false, ...unheard }, results)
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
  // Its error is masked whole.
  redact: (text: string): string => text,
  redactStream: () => ({ add: (text: string): string => text, end: (): string => '' }),
  room: (): undefined => undefined,
  onUndo: (): void => undefined,
  child: (): never => {
    throw new TypeError('An undo cannot add operations.')
  },
}
