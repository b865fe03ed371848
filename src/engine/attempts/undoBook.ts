import { changesNothing } from '../../graph/operations/isRepeatable.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { Elsewhere } from './performElsewhere.js'
import { planUndo, type UndoRedaction, type UndoSetting } from './planUndo.js'
import type { UndoEntry, UndoStep } from './rollback.js'

/** What would take each operation back, kept while the run may have to be rolled back. */
export interface UndoBook {
  /** An attempt is about to begin: from here on there may be something to take back. */
  began(operation: CompiledOperation): void
  register(operation: CompiledOperation, undo: () => PromiseLike<void>): void
  /** An attempt is over. Before anyone is told: whoever hears of it may end others. */
  ended(operation: CompiledOperation): void
  /** The operation has come to this. */
  settled(operation: CompiledOperation, outcome: Outcome): void
  /** It ended in the run that this one resumes: what was registered there is gone. */
  reused(operation: CompiledOperation, outcome: Outcome): void
  /** In the order in which the operations ended. */
  entries(): { readonly steps: readonly UndoEntry[]; readonly notUndoable: readonly string[] }
}

interface Page {
  readonly registered: UndoStep[]
  declared: UndoStep | undefined
  /** Its failure came before any effect. */
  didNothing: boolean
  readonly reused: boolean
}

/** `elsewhere`: where some operations are performed, so that they cannot register anything here. */
export function undoBook(redaction: UndoRedaction, run: Pick<UndoSetting, 'runId' | 'trace'>, elsewhere: Elsewhere | undefined): UndoBook {
  const pages = new Map<CompiledOperation, Page>()
  return {
    began(operation) {
      // A retry adds to what the attempt before it may have left behind.
      if (!pages.has(operation)) pages.set(operation, { registered: [], declared: undefined, didNothing: false, reused: false })
    },
    register: (operation, undo) => void pages.get(operation)?.registered.push(undo),
    ended(operation) {
      const page = pages.get(operation)
      if (page === undefined) return
      // To the end of the map, which keeps its order.
      pages.delete(operation)
      pages.set(operation, page)
    },
    reused(operation, outcome) {
      if (outcome.type === 'succeeded' && !changesNothing(operation))
        pages.set(operation, { registered: [], declared: undefined, didNothing: false, reused: true })
    },
    settled(operation, outcome) {
      const page = pages.get(operation)
      if (page === undefined) return
      page.didNothing = outcome.type === 'failed' && (outcome.error.type === 'invalid-params' || outcome.error.type === 'not-allowed')
      if (operation.undo !== undefined) page.declared = planUndo(operation, outcome, { redaction, ...run, elsewhere })
    },
    entries() {
      const all = [...pages].filter(([, { registered, didNothing }]) => registered.length > 0 || !didNothing)
      const steps = all.map(([operation, { registered, declared, reused }]): UndoEntry & Pick<Page, 'reused'> => {
        return {
          operation,
          reused,
          timeoutMs: operation.undo?.timeoutMs,
          steps: declared === undefined ? registered : [...registered, declared],
        }
      })
      return {
        steps: steps.filter((entry) => entry.steps.length > 0),
        notUndoable: steps
          .filter(
            (entry) => entry.steps.length === 0 && (entry.reused || !entry.operation.undoes || elsewhere?.takes(entry.operation) === true),
          )
          .map(({ operation }) => operation.id),
      }
    },
  }
}
