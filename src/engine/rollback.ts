import type { SchedulerLike, Subscription } from 'rxjs'
import type { Task } from '../model/graph.js'
import { operationErrorOf, type OperationError } from '../model/operationError.js'

/** How long one undo may take when neither it nor its operation says. */
const defaultUndoTimeoutMs = 30_000

/** How to take back one operation: its steps were registered in the order of their effects. */
export interface UndoEntry {
  readonly task: Task
  readonly timeoutMs: number | undefined
  readonly steps: readonly (() => PromiseLike<unknown>)[]
}

/** Who hears of each undo, and of the end of all. */
export interface RollbackListener {
  undone(task: Task): void
  failed(task: Task, error: OperationError): void
  finished(): void
}

/**
 * Takes operations back one at a time, the last to end first, each one's steps from the last to the first. A failed step leaves the
 * earlier ones of its operation alone, since they would work on a state that is not theirs; the other operations are still taken back.
 */
export function rollBack(entries: readonly UndoEntry[], scheduler: SchedulerLike, listener: RollbackListener): { unsubscribe(): void } {
  let left = false
  let timer: Subscription | undefined

  const undo = async ({ task, timeoutMs, steps }: UndoEntry): Promise<void> => {
    const limitMs = timeoutMs ?? task.timeoutMs ?? defaultUndoTimeoutMs
    const tooLong = new Promise<never>((_, reject) => {
      timer = scheduler.schedule(() => {
        const message = `The undo took longer than ${limitMs} ms and was given up. Raise the timeoutMs of the undo if it needs more time.`
        reject(
          Object.assign(new Error(message), { type: 'timeout', message, retryable: false, timeoutMs: limitMs } satisfies OperationError),
        )
      }, limitMs)
    })
    for (const step of [...steps].reverse()) await Promise.race([Promise.resolve().then(step), tooLong])
  }

  const all = async (): Promise<void> => {
    for (const entry of [...entries].reverse()) {
      await undo(entry).then(
        () => left || listener.undone(entry.task),
        (thrown: unknown) => left || listener.failed(entry.task, operationErrorOf(thrown)),
      )
      timer?.unsubscribe()
      if (left) return
    }
    listener.finished()
  }
  void all()

  return {
    unsubscribe() {
      left = true
      timer?.unsubscribe()
    },
  }
}
