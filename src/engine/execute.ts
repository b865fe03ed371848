import { mergeMap, Observable, Subject, type Subscriber } from 'rxjs'
import { judgeGate } from '../graph/judgeGate.js'
import type { BatchEvent } from '../model/event.js'
import type { Task } from '../model/graph.js'
import { defaultGraceMs } from '../model/limits.js'
import type { CancelCause, Outcome } from '../model/outcome.js'
import type { RollbackSummary, StopCause } from '../model/summary.js'
import { Attempt, type AttemptHost } from './attempt.js'
import type { Batch } from './batch.js'
import { commits } from './commits.js'
import { alarmClock } from './alarmClock.js'
import { children, childTask, refusedTask } from './children.js'
import { monotonic, systemScheduler } from './clock.js'
import { endings, type Past } from './endings.js'
import { onAbort } from './onAbort.js'
import { checkedConcurrency, type RunOptions } from './options.js'
import { seededRandom } from './random.js'
import { redaction } from './redaction.js'
import { rollBack } from './rollback.js'
import { runIdOf } from './runId.js'
import { runningAttempts } from './runningAttempts.js'
import { slots } from './slots.js'
import { cancelCauseOf, spares, stopAfterFailure, strongerStop } from './stop.js'
import { tally } from './tally.js'
import { taskTable } from './taskTable.js'
import { teller } from './teller.js'
import { undoBook } from './undoBook.js'
import type { Valve } from './valve.js'
import type { Mark, Roots } from './wiring.js'

/**
 * Runs a batch and tells the subscriber everything that happens, until it has ended or the subscriber leaves.
 *
 * One loop drives it all (`drain`): it opens gates, then starts attempts while slots are free. Whatever ends, also synchronously
 * within a start, only notes what it changed and asks for the loop, which is running already in that case: so a chain of 100,000
 * synchronous operations needs no stack.
 */
export function execute(batch: Batch, options: RunOptions, valve: Valve | undefined, subscriber: Subscriber<BatchEvent>): void {
  const scheduler = options.scheduler ?? systemScheduler
  const runId = options.runId ?? runIdOf(options.seed)
  const now = monotonic(scheduler)
  const hidden = redaction()
  const kept = commits(
    options.journal,
    (error) => {
      tell.journalFailed(now(), error)
      if (options.journal?.stopsRun === true) halt({ type: 'journal', error })
    },
    () => drain(),
  )
  const say = (event: BatchEvent): void => {
    kept.append(event)
    subscriber.next(event)
  }
  const tell = teller(options.journal === undefined ? (event) => subscriber.next(event) : say, runId, hidden)
  const table = taskTable(batch.tasks)
  const concurrency = typeof options.concurrency === 'number' ? options.concurrency : batch.concurrency
  const slot = slots(table.known, concurrency, batch.pools, { now, wakeIn: (ms) => alarm.set(ms) })
  const counted = tally()
  const alarm = alarmClock(scheduler, () => drain())
  const undos = undoBook(batch.onFailure, hidden.conceal)
  const kin = children()
  const running = runningAttempts()
  const past = new Map<number, Past>()
  const coordinators: number[] = []
  const startedAt = now()
  let retriesLeft = batch.retryBudget ?? Infinity
  let ended = 0
  let closed = false
  let draining = false
  let finishing = false
  let stopped: StopCause | undefined

  const ending = endings({
    table,
    past,
    tell,
    counted,
    hidden,
    scheduler,
    now,
    random: seededRandom(options.seed ?? Math.floor(Math.random() * 2 ** 32)),
    retryGranted: () => retriesLeft-- > 0,
    stopped: () => stopped,
    closed: () => closed,
    stoppedParent(index) {
      const parent = kin.parentOf(index)
      return parent?.stopped === true ? parent.id : undefined
    },
    retry(index, task) {
      enqueue(index, task)
      drain()
    },
    ended: (...end) => operationEnded(...end),
  })

  const { wiring, feed } = batch.begin({
    conceal: hidden.conceal,
    admit(task, position) {
      const index = table.add(task, position)
      tell.added(now(), task)
      return index
    },
    refuse(id, position, error) {
      const task = refusedTask(id)
      const index = table.add(task, position)
      tell.added(now(), task)
      ending.refuse(index, task, error)
    },
    wake: () => drain(),
    sourceFailed: (error) => halt({ type: 'source', error }),
    unfinished: () => table.total - ended,
  })

  const operationEnded = (index: number, task: Task, mark: Mark, because: Roots, outcome: Outcome): void => {
    ended++
    undos.settled(task, outcome)
    if (past.size > 0) past.delete(index)
    if (kin.ended(index, outcome)) table.remove(index)
    else
      kept.after(() => {
        wiring.ended(index, task, mark, because, outcome)
        table.remove(index)
      })
    if (outcome.type !== 'failed') return
    const stop = stopAfterFailure(batch.onFailure, task.id)
    if (stop !== undefined) halt(stop)
  }

  const host: AttemptHost = {
    scheduler,
    graceMs: options.graceMs ?? defaultGraceMs,
    results: wiring.results,
    undoable: batch.onFailure === 'rollback',
    now,
    began(attempt) {
      counted.attemptBegan(attempt.startedAt)
      tell.attemptStarted(attempt.startedAt, attempt.task, attempt.attempt)
      if (!attempt.stopped) undos.began(attempt.task)
    },
    // What a body says after its end, or after it was given up, is not part of the story any more.
    output: (attempt, stream, text) => attempt.over || tell.output(now(), attempt.task, stream, text),
    progress: (attempt, fraction, message) => attempt.over || tell.progress(now(), attempt.task, fraction, message),
    emit: (attempt, name, data) => attempt.over || tell.emitted(now(), attempt.task, name, data),
    onUndo: (attempt, undo) => undos.register(attempt.task, undo),
    child(attempt, child) {
      if (attempt.task.weight !== 0) throw new TypeError(`"${attempt.id}" holds a slot, so it cannot wait for operations of its own.`)
      // What a body still wants to begin after it was told to stop is not part of the story any more.
      if (attempt.stopped || attempt.over || closed)
        return Promise.resolve({ type: 'cancelled', cause: { type: 'parent', id: attempt.id } })
      const isOutermost = enter()
      const task = childTask(attempt.task, child)
      const index = table.add(task, table.order(attempt.index))
      const outcome = kin.adopt(attempt, index)
      makeReady(index, task)
      leave(isOutermost)
      return outcome
    },
    stopping(attempt) {
      const parts = kin.of(attempt)
      if (parts.length === 0) return
      const isOutermost = enter()
      const cause: CancelCause = { type: 'parent', id: attempt.id }
      const going = parts.flatMap((index) => running.of(index) ?? [])
      const toBeTriedAgain = parts.flatMap((index) => (past.get(index)?.retryTimer === undefined ? [] : [index]))
      const ready = closed ? [] : slot.drop(new Set(parts))
      for (const index of ready) ending.orphaned(index, table.task(index), cause)
      // Whoever hears of an end may stop the run, which ends what waits for its next attempt.
      for (const index of toBeTriedAgain)
        if (!closed && past.get(index)?.retryTimer !== undefined) ending.orphaned(index, table.task(index), cause)
      for (const part of going) part.cancel(cause)
      leave(isOutermost)
    },
    ended(attempt) {
      running.remove(attempt)
      if (closed) return
      const isOutermost = enter()
      slot.release(attempt.task)
      if (!attempt.detached) {
        undos.ended(attempt.task)
        ending.conclude(attempt)
      }
      leave(isOutermost)
    },
    overdue(attempt) {
      const isOutermost = enter()
      counted.detached(attempt.id)
      undos.ended(attempt.task)
      ending.conclude(attempt)
      leave(isOutermost)
    },
  }

  const start$ = new Subject<number>()
  const attempts = start$.pipe(
    // No limit here: `slot` holds it, since it can change in flight and knows priorities, weights and pools. Nothing is ever
    // buffered, because a value is only given when a slot is free.
    mergeMap(
      (index) =>
        new Observable<never>((end) => {
          const attempt = new Attempt(host, table.task(index), index, (past.get(index)?.attempts ?? 0) + 1, end)
          running.add(attempt)
          attempt.begin()
          return () => attempt.abandon()
        }),
    ),
  )

  const enqueue = (index: number, task: Task): void => {
    if (task.weight === 0) coordinators.push(index)
    else if (index < table.known) slot.add(index, task)
    else slot.addLate(index, task, table.order(index))
  }

  const makeReady = (index: number, task: Task): void => {
    if (stopped !== undefined && !spares(stopped, task.when)) return ending.unstarted(index, task, stopped)
    const at = now()
    table.setReadyAt(index, at)
    tell.ready(at, task)
    // Whoever heard of it may have stopped the run, or what it is part of.
    const parent = kin.parentOf(index)
    if (parent?.stopped === true) ending.orphaned(index, task, { type: 'parent', id: parent.id })
    else if (stopped !== undefined && !spares(stopped, task.when)) ending.unstarted(index, task, stopped)
    else enqueue(index, task)
  }

  const open = (node: number): void => {
    const task = table.task(node)
    const verdict = judgeGate(task.when, wiring.sawFailure(node), wiring.sawGate(node))
    const read = verdict === 'open' ? wiring.sharedRead(node) : undefined
    if (read !== undefined && !(stopped !== undefined && !spares(stopped, task.when))) ending.share(node, task, read)
    else if (verdict === 'open') makeReady(node, task)
    else ending.skip(node, task, verdict, wiring.because(node))
  }

  const halt = (next: StopCause): void => {
    if (closed || finishing || strongerStop(stopped, next) !== next) return
    stopped = next
    const isOutermost = enter()
    feed?.stop()
    // Whoever hears of an end may stop the run in a stronger way: what is left of this one goes by that.
    for (const index of [...coordinators.splice(0), ...slot.clear()]) {
      const task = table.task(index)
      if (spares(stopped, task.when)) enqueue(index, task)
      else ending.unstarted(index, task, stopped)
    }
    for (const [index, before] of [...past]) {
      if (past.get(index) !== before || before.retryTimer === undefined) continue
      const task = table.task(index)
      if (!spares(stopped, task.when)) ending.waitedInVain(index, task, before, stopped)
    }
    const cause = cancelCauseOf(stopped)
    if (cause !== undefined) for (const attempt of running.all()) if (!spares(stopped, attempt.task.when)) attempt.cancel(cause)
    leave(isOutermost)
  }

  // Between the two the loop stands still: whoever hears what is told meanwhile may ask for it, and would find half a step.
  const enter = (): boolean => {
    const isOutermost = !draining
    draining = true
    return isOutermost
  }
  const leave = (isOutermost: boolean): void => {
    if (!isOutermost) return
    draining = false
    drain()
  }

  const drain = (): void => {
    if (draining || closed) return
    draining = true
    while (!closed) {
      const node = wiring.nextOpen()
      if (node !== -1) {
        open(node)
        continue
      }
      if (valve?.shut === true) break
      const index = coordinators.pop() ?? slot.take()
      if (index !== -1) start$.next(index)
      // Pulled only when a slot would stand idle: what is not needed yet stays with its source.
      else if (feed === undefined || !slot.free || !feed.pull()) break
    }
    draining = false
    if (!closed && !finishing && ended === table.total && !kept.pending && feed?.done !== false) finish()
  }

  const finish = (): void => {
    finishing = true
    const entries = undos.entries()
    if (counted.ok() || batch.onFailure !== 'rollback') return report(undefined)
    const failed: string[] = []
    let undone = 0
    const { steps, notUndoable } = entries
    subscriber.add(
      rollBack(
        steps,
        { scheduler, graceMs: host.graceMs },
        {
          undone(task) {
            undone++
            tell.undone(now(), task)
          },
          failed(task, error) {
            failed.push(task.id)
            tell.undoFailed(now(), task, error)
          },
          finished: () => report({ undone, failed, notUndoable }),
        },
      ),
    )
  }

  // The log is whole before the run is said to have finished, and holds that as well before the stream completes.
  const report = (rollback: RollbackSummary | undefined): void =>
    kept.end(() => {
      const finishedAt = now()
      const about = { runId, startedAt, finishedAt, concurrency, name: batch.name, total: table.total, stoppedBy: stopped, rollback }
      tell.runFinished(finishedAt, counted.summary(about))
      kept.end(() => subscriber.complete())
    })

  // Registered before anything is told: a subscriber may leave at the first event.
  subscriber.add(() => {
    closed = true
    alarm.clear()
    feed?.stop()
    for (const { retryTimer } of past.values()) retryTimer?.unsubscribe()
  })
  subscriber.add(attempts.subscribe({ error: (defect: unknown) => subscriber.error(defect) }))
  tell.runStarted(startedAt, {
    ...(batch.name !== undefined && { name: batch.name }),
    operations: table.known,
    ...(batch.streamed && { streamed: true as const }),
    concurrency,
    edges: batch.edges,
  })
  if (closed) return

  if (valve !== undefined) valve.reopened = drain
  const { timeoutMs } = batch
  if (timeoutMs !== undefined) subscriber.add(scheduler.schedule(() => halt({ type: 'run-timeout', timeoutMs }), timeoutMs))
  if (options.signal !== undefined) subscriber.add(onAbort(options.signal, (message) => halt({ type: 'signal', message })))
  if (typeof options.concurrency === 'object')
    subscriber.add(
      options.concurrency.subscribe((limit) => {
        slot.limit(checkedConcurrency(limit))
        drain()
      }),
    )
  feed?.open()
  drain()
}
