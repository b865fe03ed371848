import type { Task } from '../model/graph.js'
import type { Outcome } from '../model/outcome.js'
import type { OnFailure } from '../model/plan.js'
import type { UndoEntry } from './rollback.js'

/** What would take each operation back, kept while the run may have to be rolled back. */
export interface UndoBook {
  register(index: number, undo: () => PromiseLike<void>): void
  ended(index: number, task: Task, outcome: Outcome): void
  /** In the order in which the operations ended. */
  entries(): { readonly steps: readonly UndoEntry[]; readonly notUndoable: readonly string[] }
}

export function undoBook(onFailure: OnFailure): UndoBook {
  if (onFailure !== 'rollback') return nothingToUndo
  const steps = new Map<number, (() => PromiseLike<void>)[]>()
  const entries: UndoEntry[] = []
  const notUndoable: string[] = []
  return {
    register(index, undo) {
      const known = steps.get(index)
      if (known === undefined) steps.set(index, [undo])
      else known.push(undo)
    },
    ended(index, task, outcome) {
      const registered = steps.get(index) ?? []
      steps.delete(index)
      if (registered.length > 0) entries.push({ task, timeoutMs: undefined, steps: registered })
      else if (outcome.type !== 'skipped') notUndoable.push(task.id)
    },
    entries: () => ({ steps: entries, notUndoable }),
  }
}

const nothingToUndo: UndoBook = { register: () => undefined, ended: () => undefined, entries: () => ({ steps: [], notUndoable: [] }) }
