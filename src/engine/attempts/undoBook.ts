import type { CompiledOperation } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { OnFailure } from '../../model/plan.js'
import { planUndo } from './planUndo.js'
import type { UndoEntry, UndoStep } from './rollback.js'

/** What would take each operation back, kept while the run may have to be rolled back. */
export interface UndoBook {
  /** An attempt is about to begin: from here on there may be something to take back. */
  began(task: CompiledOperation): void
  register(task: CompiledOperation, undo: () => PromiseLike<void>): void
  /** An attempt is over. Before anyone is told: whoever hears of it may end others. */
  ended(task: CompiledOperation): void
  /** The operation has come to this. */
  settled(task: CompiledOperation, outcome: Outcome): void
  /** In the order in which the operations ended. */
  entries(): { readonly steps: readonly UndoEntry[]; readonly notUndoable: readonly string[] }
}

interface Page {
  readonly registered: UndoStep[]
  declared: UndoStep | undefined
  /** Its failure came before any effect. */
  didNothing: boolean
}

export function undoBook(onFailure: OnFailure, conceal: (text: string) => void, runId: string): UndoBook {
  if (onFailure !== 'rollback') return nothingToUndo
  const pages = new Map<CompiledOperation, Page>()
  return {
    began(task) {
      // A retry adds to what the attempt before it may have left behind.
      if (!pages.has(task)) pages.set(task, { registered: [], declared: undefined, didNothing: false })
    },
    register: (task, undo) => void pages.get(task)?.registered.push(undo),
    ended(task) {
      const page = pages.get(task)
      if (page === undefined) return
      // To the end of the map, which keeps its order.
      pages.delete(task)
      pages.set(task, page)
    },
    settled(task, outcome) {
      const page = pages.get(task)
      if (page === undefined) return
      page.didNothing = outcome.type === 'failed' && (outcome.error.type === 'invalid-params' || outcome.error.type === 'not-allowed')
      if (task.undo !== undefined) page.declared = planUndo(task, outcome, conceal, runId)
    },
    entries() {
      const all = [...pages].filter(([, { registered, didNothing }]) => registered.length > 0 || !didNothing)
      const steps = all.map(([task, { registered, declared }]): UndoEntry => {
        return { task, timeoutMs: task.undo?.timeoutMs, steps: declared === undefined ? registered : [...registered, declared] }
      })
      return {
        steps: steps.filter((entry) => entry.steps.length > 0),
        notUndoable: steps.filter((entry) => entry.steps.length === 0 && !entry.task.undoes).map(({ task }) => task.id),
      }
    },
  }
}

const nothingToUndo: UndoBook = {
  began: () => undefined,
  register: () => undefined,
  ended: () => undefined,
  settled: () => undefined,
  entries: () => ({ steps: [], notUndoable: [] }),
}
