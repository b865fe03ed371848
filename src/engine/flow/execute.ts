import type { Subscriber } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledOperation } from '../../model/graph.js'
import { wakeTimer } from '../time/wakeTimer.js'
import { Attempt } from '../attempts/attempt.js'
import { attemptHost } from '../attempts/attemptHost.js'
import type { Batch, BatchHost } from '../source/batch.js'
import { children, refusedOperation } from '../attempts/children.js'
import { monotonic, systemScheduler } from '../time/clock.js'
import { journalWrites } from '../events/journalWrites.js'
import { settlement } from '../attempts/settlement.js'
import { finish } from './finish.js'
import { enqueue, openGate } from '../gates/gateOpening.js'
import { stopRun } from './stopRun.js'
import { liveConcurrency } from '../ready/liveConcurrency.js'
import { loop } from './loop.js'
import { onAbort } from './onAbort.js'
import { operationEnded } from './operationEnded.js'
import type { RunOptions } from '../options.js'
import { seededRandom } from '../time/random.js'
import { redaction } from '../secrets/redaction.js'
import type { Aside } from '../run.js'
import type { RunContext } from './runContext.js'
import { runIdOf } from '../runId.js'
import { runningAttempts } from './runningAttempts.js'
import { readyQueue } from '../ready/readyQueue.js'
import { runCounts } from '../events/runCounts.js'
import { operationTable } from './operationTable.js'
import { eventWriter, type Say } from '../events/eventWriter.js'
import { timeSlice } from '../time/timeSlice.js'
import { undoBook } from '../attempts/undoBook.js'
import type { Valve } from './valve.js'

/** Runs a batch and tells the subscriber everything that happens, until it has ended or the subscriber leaves. */
export function execute(batch: Batch, options: RunOptions, aside: Aside, subscriber: Subscriber<BatchEvent>): void {
  const run = runContext(batch, options, aside, subscriber)
  // Registered before anything is told: a subscriber may leave at the first event.
  subscriber.add(() => {
    run.closed = true
    run.alarm.clear()
    run.slice.clear()
    run.feed?.stop()
    for (const { retryTimer } of run.past.values()) retryTimer?.unsubscribe()
    for (const attempt of run.running.all()) attempt.unsubscribe()
  })
  run.tell.runStarted(run.startedAt, {
    ...(batch.name !== undefined && { name: batch.name }),
    operations: run.table.known,
    ...(batch.streamed && { streamed: true as const }),
    concurrency: run.concurrency,
    edges: batch.edges,
  })
  if (run.closed) return

  const { valve } = aside
  if (valve !== undefined) valve.reopened = () => run.loop.drain()
  const { timeoutMs } = batch
  if (timeoutMs !== undefined) subscriber.add(run.scheduler.schedule(() => stopRun(run, { type: 'run-timeout', timeoutMs }), timeoutMs))
  if (options.signal !== undefined) subscriber.add(onAbort(options.signal, (message) => stopRun(run, { type: 'signal', message })))
  if (typeof options.concurrency === 'object') subscriber.add(liveConcurrency(run, options.concurrency))
  run.feed?.open()
  run.loop.drain()
}

function runContext(batch: Batch, options: RunOptions, { valve, spot }: Aside, subscriber: Subscriber<BatchEvent>): RunContext {
  const scheduler = options.scheduler ?? systemScheduler
  const runId = options.runId ?? runIdOf(options.seed)
  const now = monotonic(scheduler)
  const hidden = redaction()
  const alarm = wakeTimer(scheduler, () => run.loop.drain())
  const slice = timeSlice(now, scheduler, () => run.loop.drain())
  const kept = journalWrites(
    options.journal,
    (error) => {
      run.tell.journalFailed(now(), error)
      if (options.journal?.stopsRun === true) stopRun(run, { type: 'journal', error: hidden.clean(error) })
    },
    () => run.loop.drain(),
  )
  const next: Say =
    spot === undefined
      ? (event) => subscriber.next(event)
      : (event, index) => {
          spot.index = index
          subscriber.next(event)
        }
  const say: Say = (event, index) => {
    kept.append(event)
    next(event, index)
  }
  const table = operationTable(batch.tasks)
  const concurrency = typeof options.concurrency === 'number' ? options.concurrency : batch.concurrency
  // One literal with a place for every part, those that come later too: an object that grows part by part is kept as a hash table,
  // and the hot path reads this one.
  const parts = {
    batch,
    options,
    subscriber,
    scheduler,
    runId,
    now,
    concurrency,
    hidden,
    kept,
    alarm,
    slice,
    table,
    startedAt: now(),
    tell: eventWriter(options.journal === undefined ? next : say, runId, hidden),
    slot: readyQueue(table.known, concurrency, batch.pools, { now, wakeIn: (ms) => alarm.set(ms) }),
    counted: runCounts(),
    undos: undoBook(batch.onFailure, hidden.conceal, runId),
    children: children(),
    running: runningAttempts(),
    past: new Map<never, never>(),
    ended: 0,
    retriesLeft: batch.retryBudget ?? Infinity,
    stopped: undefined,
    closed: false,
    finishing: false,
    ending: undefined,
    wiring: undefined,
    feed: undefined,
    loop: undefined,
    start: undefined,
  }
  // The parts below are made from the run they belong to: it is whole when this function returns, and nothing runs before that.
  const run = parts as unknown as RunContext
  Object.assign(run, { ending: endingsOf(run) })
  Object.assign(run, batch.begin(batchHost(run)))
  Object.assign(run, { loop: loopOf(run, valve) })
  return Object.assign(run, { start: starter(run) })
}

function endingsOf(run: RunContext): RunContext['ending'] {
  const { table, past, tell, counted, hidden, scheduler, now, options, children: parts } = run
  return settlement({
    ...{ table, past, tell, counted, hidden, scheduler, now },
    random: seededRandom(options.seed ?? Math.floor(Math.random() * 2 ** 32)),
    retryGranted: () => run.retriesLeft-- > 0,
    stopped: () => run.stopped,
    closed: () => run.closed,
    stoppedParent(index) {
      const parent = parts.parentOf(index)
      return parent?.stopped === true ? parent.id : undefined
    },
    retry(index, task) {
      enqueue(run, index, task)
      run.loop.drain()
    },
    ended: (index, task, mark, because, outcome) => operationEnded(run, index, task, mark, because, outcome),
  })
}

function batchHost(run: RunContext): BatchHost {
  const admit = (task: CompiledOperation, position: number): number => {
    const index = run.table.add(task, position)
    run.tell.added(run.now(), index, task)
    return index
  }
  return {
    conceal: run.hidden.conceal,
    admit,
    refuse(id, position, error) {
      const task = refusedOperation(id)
      run.ending.refuse(admit(task, position), task, error)
    },
    wake: () => run.loop.drain(),
    sourceFailed: (error) => stopRun(run, { type: 'source', error: run.hidden.clean(error) }),
    unfinished: () => run.table.total - run.ended,
  }
}

function loopOf(run: RunContext, valve: Valve | undefined): RunContext['loop'] {
  const { wiring, slot, feed, slice } = run
  return loop({
    step() {
      const open = wiring.nextOpen()
      if (open !== -1) {
        openGate(run, open)
        return true
      }
      if (valve?.shut === true || slice.isOver()) return false
      const next = slot.take()
      // Pulled only when a slot would stand idle: what is not needed yet stays with its source.
      if (next === -1) return feed !== undefined && slot.free && feed.pull()
      run.start(next)
      return true
    },
    idle() {
      if (!run.finishing && run.ended === run.table.total && !run.kept.pending && feed?.done !== false) finish(run)
    },
    over: () => run.closed,
    defect: (thrown) => run.subscriber.error(thrown),
  })
}

function starter(run: RunContext): (index: number) => void {
  const { table, past, running } = run
  const host = attemptHost(run)
  return (index) => {
    const attempt = new Attempt(host, table.task(index), index, past.size === 0 ? 1 : (past.get(index)?.attempts ?? 0) + 1)
    // Before it begins: whoever hears of its start may leave.
    running.add(attempt)
    attempt.begin()
  }
}
