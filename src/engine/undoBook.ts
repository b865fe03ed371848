import type { Task } from '../model/graph.js'
import type { OnFailure } from '../model/plan.js'
import type { UndoEntry } from './rollback.js'

/** What would take each operation back, kept while the run may have to be rolled back. */
export interface UndoBook {
  /** An attempt is about to begin: from here on there may be something to take back. */
  began(task: Task): void
  register(task: Task, undo: () => PromiseLike<void>): void
  /** An attempt is over. Before anyone is told: whoever hears of it may end others. */
  ended(task: Task): void
  /** In the order in which the operations ended. */
  entries(): { readonly steps: readonly UndoEntry[]; readonly notUndoable: readonly string[] }
}

export function undoBook(onFailure: OnFailure): UndoBook {
  if (onFailure !== 'rollback') return nothingToUndo
  const steps = new Map<Task, (() => PromiseLike<void>)[]>()
  return {
    began(task) {
      if (!steps.has(task)) steps.set(task, []) // A retry adds to what the attempt before it may have left behind.
    },
    register: (task, undo) => void steps.get(task)?.push(undo),
    ended(task) {
      const registered = steps.get(task)
      if (registered === undefined) return
      // To the end of the map, which keeps its order.
      steps.delete(task)
      steps.set(task, registered)
    },
    entries() {
      const all = [...steps]
      return {
        steps: all.filter(([, each]) => each.length > 0).map(([task, each]) => ({ task, timeoutMs: undefined, steps: each })),
        notUndoable: all.filter(([, each]) => each.length === 0).map(([task]) => task.id),
      }
    },
  }
}

const nothingToUndo: UndoBook = {
  began: () => undefined,
  register: () => undefined,
  ended: () => undefined,
  entries: () => ({ steps: [], notUndoable: [] }),
}
