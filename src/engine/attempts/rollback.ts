import type { SchedulerLike, Subscription } from 'rxjs'
import type { CompiledOperation } from '../../model/graph.js'
import { OperationFailure, operationErrorOf, type OperationError } from '../../model/operationError.js'

/** How long one undo may take when neither it nor its operation says. */
const defaultUndoTimeoutMs = 30_000

/** Takes back one effect. The signal is aborted when it takes too long. */
export type UndoStep = (signal: AbortSignal) => PromiseLike<unknown>

/** How to take back one operation: its steps were registered in the order of their effects. */
export interface UndoEntry {
  readonly operation: CompiledOperation
  readonly timeoutMs: number | undefined
  readonly steps: readonly UndoStep[]
}

/** Who hears of each undo, and of the end of all. */
export interface RollbackListener {
  undone(operation: CompiledOperation): void
  failed(operation: CompiledOperation, error: OperationError): void
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
  let running: { readonly controller: AbortController; readonly timers: Subscription[] } | undefined
  const all = async (): Promise<void> => {
    for (const entry of [...entries].reverse()) {
      running = { controller: new AbortController(), timers: [] }
      const error = await undo(entry, running, clock)
      clear(running.timers)
      if (left) return
      if (error === undefined) listener.undone(entry.operation)
      else listener.failed(entry.operation, error)
      if (left) return // Whoever heard of it has left.
    }
    listener.finished()
  }
  void all()
  return {
    unsubscribe() {
      left = true
      running?.controller.abort()
      clear(running?.timers ?? [])
    },
  }
}

function clear(timers: readonly Subscription[]): void {
  for (const timer of timers) timer.unsubscribe()
}

/** The error it failed with; undefined when it worked. Its timers are for the caller to clear. */
async function undo(
  { operation, timeoutMs, steps }: UndoEntry,
  { controller, timers }: { readonly controller: AbortController; readonly timers: Subscription[] },
  { scheduler, graceMs }: Clock,
): Promise<OperationError | undefined> {
  const limitMs = timeoutMs ?? operation.timeoutMs ?? defaultUndoTimeoutMs
  const after = (ms: number): Promise<void> => new Promise((resolve) => timers.push(scheduler.schedule(() => resolve(), ms)))
  const tooLong = after(limitMs).then(async () => {
    controller.abort()
    await Promise.race([ending, after(graceMs)])
    const message = `The undo took longer than ${limitMs} ms and was aborted. Raise the timeoutMs of the undo if it needs more time.`
    throw new OperationFailure({ type: 'timeout', message, retryable: false, timeoutMs: limitMs })
  })
  const taken = takeBack(steps, controller.signal)
  const ending = taken.catch(() => undefined) // Its own error comes out below, unless it was too late for it.
  // One that was aborted between two steps has not taken all of it back, though its last step ended well.
  const whole = taken.then((all) => (all ? undefined : tooLong))
  return Promise.race([whole, tooLong]).then(() => undefined, operationErrorOf)
}

/** Whether it came to the end. */
async function takeBack(steps: readonly UndoStep[], signal: AbortSignal): Promise<boolean> {
  for (const step of [...steps].reverse()) {
    if (signal.aborted) return false
    await step(signal)
  }
  return true
}
