import type { SchedulerLike, Subscription } from 'rxjs'
import type { Task } from '../model/graph.js'
import { OperationFailure, operationErrorOf, type OperationError } from '../model/operationError.js'

/** How long one undo may take when neither it nor its operation says. */
const defaultUndoTimeoutMs = 30_000

/** Takes back one effect. The signal is aborted when it takes too long. */
export type UndoStep = (signal: AbortSignal) => PromiseLike<unknown>

/** How to take back one operation: its steps were registered in the order of their effects. */
export interface UndoEntry {
  readonly task: Task
  readonly timeoutMs: number | undefined
  readonly steps: readonly UndoStep[]
}

/** Who hears of each undo, and of the end of all. */
export interface RollbackListener {
  undone(task: Task): void
  failed(task: Task, error: OperationError): void
  finished(): void
}

/** The time an undo has, and how long after its abort its body may still take. */
interface Clock {
  readonly scheduler: SchedulerLike
  readonly graceMs: number
}

/**
 * Takes operations back one at a time, the last to end first, each one's steps from the last to the first. A failed step leaves the
 * earlier ones of its operation alone, since they would work on a state that is not theirs; the other operations are still taken back.
 */
export function rollBack(entries: readonly UndoEntry[], clock: Clock, listener: RollbackListener): { unsubscribe(): void } {
  let left = false
  let running: AbortController | undefined
  const all = async (): Promise<void> => {
    for (const entry of [...entries].reverse()) {
      running = new AbortController()
      const error = await undo(entry, running, clock)
      if (left) return
      if (error === undefined) listener.undone(entry.task)
      else listener.failed(entry.task, error)
    }
    listener.finished()
  }
  void all()
  return {
    unsubscribe() {
      left = true
      running?.abort()
    },
  }
}

/** The error it failed with; undefined when it worked. */
async function undo({ task, timeoutMs, steps }: UndoEntry, controller: AbortController, { scheduler, graceMs }: Clock) {
  const limitMs = timeoutMs ?? task.timeoutMs ?? defaultUndoTimeoutMs
  const timers: Subscription[] = []
  const after = (ms: number): Promise<void> => new Promise((resolve) => timers.push(scheduler.schedule(() => resolve(), ms)))
  const tooLong = after(limitMs).then(async () => {
    controller.abort()
    await Promise.race([ending, after(graceMs)])
    const message = `The undo took longer than ${limitMs} ms and was aborted. Raise the timeoutMs of the undo if it needs more time.`
    throw new OperationFailure({ type: 'timeout', message, retryable: false, timeoutMs: limitMs })
  })
  const taken = takeBack(steps, controller.signal)
  const ending = taken.catch(() => undefined) // Its own error comes out below, unless it was too late for it.
  const error = await Promise.race([taken, tooLong]).then(() => undefined, operationErrorOf)
  for (const timer of timers) timer.unsubscribe()
  return error
}

async function takeBack(steps: readonly UndoStep[], signal: AbortSignal): Promise<void> {
  for (const step of [...steps].reverse()) {
    if (signal.aborted) return
    await step(signal)
  }
}
