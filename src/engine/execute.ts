import { mergeMap, Observable, Subject, type Subscriber, type Subscription } from 'rxjs'
import { judgeGate } from '../graph/judgeGate.js'
import type { BatchEvent } from '../model/event.js'
import type { CompiledPlan, Task } from '../model/graph.js'
import { defaultGraceMs } from '../model/limits.js'
import type { OperationError } from '../model/operationError.js'
import type { CancelCause } from '../model/outcome.js'
import type { StopCause } from '../model/summary.js'
import { Attempt, type AttemptHost } from './attempt.js'
import { monotonic, systemScheduler } from './clock.js'
import { gates, type Mark, type Roots } from './gates.js'
import type { RunOptions } from './options.js'
import { seededRandom } from './random.js'
import { redaction } from './redaction.js'
import { keptResults } from './results.js'
import { retryDelay } from './retryDelay.js'
import { runIdOf } from './runId.js'
import { slots } from './slots.js'
import { cancelCauseOf, spares, stopAfterFailure, strongerStop, unstartedOutcome } from './stop.js'
import { tally } from './tally.js'
import type { Valve } from './valve.js'

/** What an operation that was tried before has behind it. */
interface Past {
  attempts: number
  durationMs: number
  waitedMs: number
  lastError: OperationError
  retryTimer: Subscription | undefined
}

/**
 * Runs a compiled plan and tells the subscriber everything that happens, until it has ended or the subscriber leaves.
 *
 * One loop drives it all (`drain`): it opens gates, then starts attempts while slots are free. Whatever ends, also synchronously
 * within a start, only notes what it changed and asks for the loop, which is running already in that case: so a chain of 100,000
 * synchronous operations needs no stack.
 */
export function execute(plan: CompiledPlan, options: RunOptions, valve: Valve | undefined, subscriber: Subscriber<BatchEvent>): void {
  const { graph } = plan
  const { tasks } = graph
  const scheduler = options.scheduler ?? systemScheduler
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 32)
  const random = seededRandom(seed)
  const runId = options.runId ?? runIdOf(options.seed)
  const now = monotonic(scheduler)
  const hidden = redaction()
  const results = keptResults(tasks, hidden.conceal)
  const gate = gates(graph)
  const concurrency = typeof options.concurrency === 'number' ? options.concurrency : plan.concurrency
  const slot = slots(tasks, concurrency, plan.pools)
  const counted = tally()
  const readyAt = new Float64Array(tasks.length)
  const running: Attempt[] = []
  const past = new Map<number, Past>()
  const startedAt = now()
  let seq = 0
  let ended = 0
  let closed = false
  let draining = false
  let stopped: StopCause | undefined

  const tell = (event: BatchEvent): void => subscriber.next(event)
  const at = (): number => now()

  const host: AttemptHost = {
    scheduler,
    graceMs: options.graceMs ?? defaultGraceMs,
    results,
    undoable: plan.onFailure === 'rollback',
    now,
    began(attempt) {
      const { startedAt: time, index } = attempt
      counted.attemptBegan(time)
      const before = past.get(index)
      if (before !== undefined) before.waitedMs += time - readyAt[index]!
      tell({ type: 'attempt-started', runId, seq: seq++, at: time, id: attempt.id, attempt: attempt.attempt })
    },
    output(attempt, stream, text) {
      const clean = hidden.cleanStream(`${stream} ${attempt.id}`, text)
      if (!closed && !attempt.detached && clean !== '')
        tell({ type: 'operation-output', runId, seq: seq++, at: at(), id: attempt.id, stream, text: clean })
    },
    progress(attempt, fraction, message) {
      if (closed || attempt.detached) return
      const told = { ...(fraction !== undefined && { fraction }), ...(message !== undefined && { message: hidden.clean(message) }) }
      tell({ type: 'operation-progress', runId, seq: seq++, at: at(), id: attempt.id, ...told })
    },
    emit(attempt, name, data) {
      if (!closed && !attempt.detached)
        tell({ type: 'operation-emitted', runId, seq: seq++, at: at(), id: attempt.id, name, data: hidden.clean(data) })
    },
    onUndo: () => undefined,
    ended(attempt) {
      if (closed) return
      leave(attempt)
      slot.free(attempt.task)
      if (!attempt.detached) conclude(attempt)
      drain()
    },
    overdue(attempt) {
      counted.detached(attempt.id)
      conclude(attempt)
      drain()
    },
  }

  // Running attempts are kept without gaps: the last takes the place of the one that leaves.
  const leave = (attempt: Attempt): void => {
    const last = running.pop()!
    if (last !== attempt) {
      running[attempt.place] = last
      last.place = attempt.place
    }
  }

  const start$ = new Subject<number>()
  const attempts = start$.pipe(
    // No limit here: `slot` holds it, since it can change in flight and knows priorities, weights and pools. Nothing is ever
    // buffered, because a value is only given when a slot is free.
    mergeMap(
      (index) =>
        new Observable<never>((end) => {
          const attempt = new Attempt(host, tasks[index]!, index, (past.get(index)?.attempts ?? 0) + 1, end)
          attempt.place = running.push(attempt) - 1
          attempt.begin()
          return () => attempt.abandon()
        }),
    ),
  )

  const conclude = (attempt: Attempt): void => {
    const { end, index, task } = attempt
    const time = at()
    const durationMs = time - attempt.startedAt
    if (task.secret) flushOutput(task)
    const before = past.get(index)
    const sum = {
      durationMs: (before?.durationMs ?? 0) + durationMs,
      waitedMs: before?.waitedMs ?? attempt.startedAt - readyAt[index]!,
      attempts: attempt.attempt,
    }
    counted.attemptEnded(time, durationMs, attempt.attempt > 1)
    if (end === undefined) return // Cannot be: an attempt has its end before it says that it ended.
    switch (end.type) {
      case 'gave':
        return succeed(task, index, end.value, time, sum, undefined)
      case 'cancelled':
        return cancelled(task, index, end.cause, time, sum, attempt.detached)
      case 'failed':
        return attemptFailed(attempt, hidden.clean(end.error), time, sum)
    }
  }

  type Sum = { readonly durationMs: number; readonly waitedMs: number; readonly attempts: number }

  const attemptFailed = (attempt: Attempt, error: OperationError, time: number, sum: Sum): void => {
    const { task, index, detached } = attempt
    const { retry, id } = task
    const again =
      retry !== undefined &&
      error.retryable &&
      !detached &&
      attempt.attempt < retry.attempts &&
      (stopped === undefined || spares(stopped, task.when))
    const retryInMs = again ? retryDelay(retry, attempt.attempt, error, random) : undefined
    tell({
      type: 'attempt-failed',
      runId,
      seq: seq++,
      at: time,
      id,
      attempt: attempt.attempt,
      error,
      ...(retryInMs !== undefined && { retryInMs }),
    })
    if (retryInMs === undefined) return fail(task, index, error, time, sum, detached)
    if (closed) return
    readyAt[index] = time
    const state: Past = { ...sum, lastError: error, retryTimer: undefined }
    past.set(index, state)
    state.retryTimer = scheduler.schedule(() => {
      state.retryTimer = undefined
      slot.add(index)
      drain()
    }, retryInMs)
  }

  const succeed = (task: Task, index: number, value: unknown, time: number, sum: Sum, recoveredFrom: OperationError | undefined): void => {
    counted.succeeded()
    results.keep(index, value)
    const recovery = recoveredFrom === undefined ? undefined : { recoveredFrom }
    tell({ type: 'operation-succeeded', runId, seq: seq++, at: time, id: task.id, value: hidden.clean(value), ...sum, ...recovery })
    terminal(task, index, 'fine', [])
  }

  const fail = (task: Task, index: number, error: OperationError, time: number, sum: Sum, detached: boolean): void => {
    if (task.fallback !== undefined) return succeed(task, index, task.fallback.value, time, sum, error)
    counted.failed(task.id, error)
    tell({ type: 'operation-failed', runId, seq: seq++, at: time, id: task.id, error, ...sum, ...(detached && { detached }) })
    const stop = stopAfterFailure(plan.onFailure, task.id)
    terminal(task, index, 'failure', [task.id])
    if (stop !== undefined) halt(stop)
  }

  const cancelled = (task: Task, index: number, cause: CancelCause, time: number, sum: Sum, detached: boolean): void => {
    counted.cancelled()
    tell({ type: 'operation-cancelled', runId, seq: seq++, at: time, id: task.id, cause, ...sum, ...(detached && { detached }) })
    terminal(task, index, 'failure', [task.id])
  }

  const skipped = (task: Task, index: number, reason: 'dependency' | 'gate' | 'policy', because: Roots): void => {
    counted.skipped(because, reason === 'gate')
    tell({ type: 'operation-skipped', runId, seq: seq++, at: at(), id: task.id, reason, because })
    if (reason === 'gate') terminal(task, index, 'gate', because.length > 0 ? because : [task.id])
    else terminal(task, index, 'failure', because)
  }

  const terminal = (task: Task, index: number, mark: Mark, because: Roots): void => {
    ended++
    if (past.size > 0) past.delete(index)
    if (task.sources.length > 0) results.release(task)
    gate.close(index, mark, because)
  }

  const unstarted = (task: Task, index: number, stop: StopCause): void => {
    const outcome = unstartedOutcome(stop)
    if (outcome.type === 'skipped') return skipped(task, index, outcome.reason, outcome.because)
    const before = past.get(index)
    const waitedMs = (before?.waitedMs ?? 0) + (readyAt[index] === 0 ? 0 : at() - readyAt[index]!)
    cancelled(task, index, outcome.cause, at(), { durationMs: before?.durationMs ?? 0, waitedMs, attempts: before?.attempts ?? 0 }, false)
  }

  const open = (node: number): void => {
    if (node >= tasks.length) return gate.close(node, 'fine', [])
    const task = tasks[node]!
    const verdict = judgeGate(task.when, gate.sawFailure(node), gate.sawGate(node))
    if (verdict !== 'open') return skipped(task, node, verdict, gate.because(node))
    if (stopped !== undefined && !spares(stopped, task.when)) return unstarted(task, node, stopped)
    const time = at()
    readyAt[node] = time
    tell({ type: 'operation-ready', runId, seq: seq++, at: time, id: task.id })
    if (stopped !== undefined && !spares(stopped, task.when)) unstarted(task, node, stopped)
    else slot.add(node)
  }

  const halt = (next: StopCause): void => {
    if (closed || strongerStop(stopped, next) !== next) return
    stopped = next
    const cause = cancelCauseOf(next)
    for (const index of slot.clear()) {
      const task = tasks[index]!
      if (spares(next, task.when)) slot.add(index)
      else if (past.has(index)) waitedInVain(task, index, next)
      else unstarted(task, index, next)
    }
    for (const [index, before] of [...past]) {
      const task = tasks[index]!
      if (before.retryTimer === undefined || spares(next, task.when)) continue
      before.retryTimer.unsubscribe()
      waitedInVain(task, index, next)
    }
    if (cause !== undefined)
      for (const attempt of [...running]) if (!spares(next, attempt.task.when) && !attempt.detached) attempt.cancel(cause)
    drain()
  }

  // It had failed and was to be tried again: that will not happen now.
  const waitedInVain = (task: Task, index: number, stop: StopCause): void => {
    const before = past.get(index)!
    const time = at()
    const { durationMs, attempts } = before
    const sum = { durationMs, attempts, waitedMs: before.waitedMs + time - readyAt[index]! }
    const cause = cancelCauseOf(stop)
    if (cause === undefined) fail(task, index, before.lastError, time, sum, false)
    else cancelled(task, index, cause, time, sum, false)
  }

  const flushOutput = (task: Task): void => {
    for (const stream of ['stdout', 'stderr'] as const) {
      const text = hidden.flush(`${stream} ${task.id}`)
      if (text !== '') tell({ type: 'operation-output', runId, seq: seq++, at: at(), id: task.id, stream, text })
    }
  }

  const drain = (): void => {
    if (draining || closed) return
    draining = true
    while (!closed) {
      const node = gate.nextOpen()
      if (node !== -1) {
        open(node)
        continue
      }
      if (valve?.shut === true) break
      const index = slot.take()
      if (index === -1) break
      start$.next(index)
    }
    draining = false
    if (!closed && ended === tasks.length) finish()
  }

  const finish = (): void => {
    const finishedAt = at()
    const summary = counted.summary({ runId, startedAt, finishedAt, concurrency }, tasks.length, plan.name, stopped)
    tell({ type: 'run-finished', runId, seq: seq++, at: finishedAt, summary })
    subscriber.complete()
  }

  // Registered before anything is told: a subscriber may leave at the first event.
  subscriber.add(() => {
    closed = true
    for (const { retryTimer } of past.values()) retryTimer?.unsubscribe()
  })
  subscriber.add(attempts.subscribe({ error: (defect: unknown) => subscriber.error(defect) }))
  const named = plan.name === undefined ? undefined : { name: plan.name }
  tell({ type: 'run-started', runId, seq: seq++, at: startedAt, ...named, operations: tasks.length, concurrency, edges: graph.edgeCounts })
  if (closed) return

  if (valve !== undefined) valve.reopened = drain
  const { timeoutMs } = plan
  if (timeoutMs !== undefined) subscriber.add(scheduler.schedule(() => halt({ type: 'run-timeout', timeoutMs }), timeoutMs))
  if (options.signal !== undefined) subscriber.add(onAbort(options.signal, (message) => halt({ type: 'signal', message })))
  if (typeof options.concurrency === 'object')
    subscriber.add(
      options.concurrency.subscribe((limit) => {
        slot.limit(checkedConcurrency(limit))
        drain()
      }),
    )
  drain()
}

function onAbort(signal: AbortSignal, heard: (message: string) => void): { unsubscribe(): void } {
  const listener = (): void => heard(reasonOf(signal))
  if (signal.aborted) listener()
  else signal.addEventListener('abort', listener, { once: true })
  return { unsubscribe: () => signal.removeEventListener('abort', listener) }
}

function reasonOf(signal: AbortSignal): string {
  const reason: unknown = signal.reason
  return reason instanceof Error ? reason.message : String(reason)
}

/** Thrown in a subscriber, so that RxJS reports it as any unhandled error; the limit stays as it was. */
export function checkedConcurrency(limit: number): number {
  if (Number.isSafeInteger(limit) && limit >= 0) return limit
  throw new RangeError(`concurrency: ${limit} is not a whole number of at least 0.`)
}
