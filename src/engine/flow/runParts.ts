import { concat, Observable, Subject } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import { defaultCleanupMs, defaultGraceMs } from '../../model/limits.js'
import { childAdder } from '../attempts/addChild.js'
import type { Attempt } from '../attempts/attempt.js'
import { attemptHost } from '../attempts/attemptHost.js'
import { children as childrenOf, refusedOperation } from '../attempts/children.js'
import { performElsewhere } from '../attempts/performElsewhere.js'
import { endWaiting } from '../attempts/endWaiting.js'
import { retries as retriesOf } from '../attempts/retries.js'
import { standing as standingOf } from '../attempts/standing.js'
import { settlement, type Settlement } from '../attempts/settlement.js'
import { undoBook as undoBookOf } from '../attempts/undoBook.js'
import type { Backpressure } from '../backpressure.js'
import { eventWriter } from '../events/eventWriter.js'
import { eventQueue, inOrder } from '../events/inOrder.js'
import { journalWrites as journalWritesOf } from '../events/journalWrites.js'
import { redactEvents } from '../events/redactEvents.js'
import { runCounts } from '../events/runCounts.js'
import { gates as gatesOf, type Gates } from '../gates/gates.js'
import { readiness } from '../gates/makeReady.js'
import { openGates } from '../gates/openGates.js'
import type { OperationIndex } from '../operations/operationIndex.js'
import { operationTable } from '../operations/operationTable.js'
import type { RunOptions } from '../options.js'
import { cooledQueue } from '../ready/cooledQueue.js'
import { cooldowns as cooldownsOf } from '../ready/cooldowns.js'
import { readyQueue, type ReadyQueue } from '../ready/readyQueue.js'
import { runIdOf } from '../runId.js'
import { redaction as redactionOf } from '../secrets/redaction.js'
import type { RunnableBatch, BatchHost } from '../source/batch.js'
import { stops as stopsOf } from '../stop/stops.js'
import { outlet } from '../stream/outlet.js'
import { monotonic, systemScheduler } from '../time/clock.js'
import { seededRandom } from '../time/random.js'
import { timeSlice } from '../time/timeSlice.js'
import { turns as turnsOf } from '../time/turns.js'
import { wakeTimer } from '../time/wakeTimer.js'
import { operationEnded } from './ended.js'
import { finish } from './finish.js'
import type { FlowParts } from './flow.js'
import { outside } from './outside.js'
import { slots as slotsOf } from './slots.js'
import { starts as startsOf } from './starts.js'

/** What a reader of a run has besides its events. */
export interface ReaderParts {
  /** Holds back attempts while the reader is behind. */
  readonly backpressure?: Backpressure
  /** Set at each event to where its operation stands. */
  readonly operationIndex?: OperationIndex
  /** Ends the time for cleaning up, which `cleanupMs` ends otherwise. */
  readonly endCleanUp$?: Observable<unknown> | undefined
  /** The trace that the run is part of. */
  readonly trace?: TraceContext | undefined
}

/** The parts of one run. */
export interface RunParts extends FlowParts {
  readonly clearTimers: () => void
}

/** Makes the parts of one run, and gives each those that it uses. `defect` is called with an error of this library. */
export function runParts(batch: RunnableBatch, options: RunOptions, reader: ReaderParts, defect: (thrown: unknown) => void): RunParts {
  const { backpressure, operationIndex = { index: -1 }, trace } = reader
  const {
    scheduler = systemScheduler,
    runId = runIdOf(options.seed),
    graceMs = defaultGraceMs,
    cleanupMs = defaultCleanupMs,
    signal,
    known,
  } = options
  const concurrency = typeof options.concurrency === 'number' ? options.concurrency : batch.concurrency

  const now = monotonic(scheduler)
  const startedAt = now()
  const turns = turnsOf(defect)
  const timer = wakeTimer(scheduler, turns.wake)
  const slice = timeSlice(now, scheduler, turns.wake)

  const write = eventWriter(runId, operationIndex)
  const queued = eventQueue()
  const counts = runCounts()
  const redaction = redactionOf()
  // The events of what comes from no slot and waits at no gate.
  const arrived$ = outlet<BatchEvent>()
  const finished$ = new Subject<void>()

  // What was stopped before it began has nothing to clean up.
  const stops = stopsOf(turns, {
    cleanUp: cleanupMs > 0 && signal?.aborted !== true,
    servesCleanUp: (operation) => dependencies.services?.cleansUp(operation) === true,
  })
  const operations = operationTable(batch.operations)
  const cooldowns = cooldownsOf({
    scheduler,
    now,
    order: (index) => operations.order(index),
    again(index) {
      queue.add(index, operations.get(index), operations.order(index))
      turns.wake()
    },
  })
  const queue: ReadyQueue = cooledQueue(readyQueue(concurrency, batch.pools, { now, wakeIn: (ms) => timer.set(ms) }), cooldowns, (index) =>
    operations.get(index),
  )
  const journal =
    options.journal &&
    journalWritesOf(options.journal, {
      run: { runId, plan: batch.plan },
      turns,
      queue: queued,
      failed(error) {
        write.journalFailed(arrived$, now(), error)
        if (options.journal?.stopsRun === true) stops.run({ type: 'journal', error: redaction.cleanError(error) })
      },
    })
  const elsewhere = options.performer && performElsewhere(options.performer, { runId, trace, redaction, now, turns, write })
  const undoBook = batch.onFailure === 'rollback' ? undoBookOf(redaction, { runId, trace }, elsewhere) : undefined
  const children = childrenOf()
  const { stoppedParent } = children
  const retries = retriesOf({
    scheduler,
    random: seededRandom(options.seed ?? Math.floor(Math.random() * 2 ** 32)),
    budget: batch.retryBudget ?? Infinity,
    refused: () => counts.retryRefused(),
  })

  const admit = (operation: CompiledOperation, position: number): number => {
    const index = operations.add(operation, position)
    write.added(arrived$, now(), index, operation)
    return index
  }
  const host: BatchHost = {
    conceal: redaction.conceal,
    admit,
    refuse(id, position, error) {
      const operation = refusedOperation(id)
      settle.refuse(arrived$, admit(operation, position), operation, error)
    },
    wake() {
      gates.open()
      turns.wake()
    },
    sourceFailed: (error) => stops.run({ type: 'source', error: redaction.cleanError(error) }),
    unfinished: () => operations.unfinished(),
  }
  const { dependencies, feed } = batch.begin(host)
  const lostService = (index: number): string | undefined => dependencies.services?.lostBy(index)
  const standing = standingOf({ now, turns, write, stops, journal, gates: () => gates })
  const gates: Gates = gatesOf(dependencies, operations, standing)

  const ended = operationEnded({
    operations,
    retries,
    children,
    undoBook,
    journal,
    gates,
    stops,
    onFailure: batch.onFailure,
    known,
  })
  const settle: Settlement = settlement({
    now,
    operations,
    retries,
    write,
    counts,
    stops,
    stoppedParent,
    lostService,
    wasReady: standing.wasReady,
    ended,
    cooldowns,
    redactError: (error) => redaction.cleanError(error),
    retry(index, operation) {
      queue.add(index, operation, operations.order(index))
      turns.wake()
    },
  })
  const makeReady = readiness({ now, operations, queue, write, stops, stoppedParent, lostService, end: settle })
  const starts = startsOf({ turns, operations, queue, slice, backpressure, feed, arrived: () => gates.open() })
  const attempts = attemptHost({
    now,
    scheduler,
    turns,
    graceMs,
    runId,
    trace,
    queue,
    write,
    counts,
    redaction,
    settle,
    undoBook,
    elsewhere,
    defect,
    results: dependencies.results,
    ready: standing.ready,
    addChild: childAdder({ turns, operations, children, makeReady, known, end: settle }),
    stopChildren(attempt: Attempt) {
      const ofIt = children.of(attempt)
      if (ofIt !== undefined) stops.childrenOf(attempt.id, new Set(ofIt))
    },
    room: () => backpressure?.room() ?? options.journal?.room?.(),
  })

  const started$ = new Observable<BatchEvent>((out) => {
    write.runStarted(out, startedAt, {
      ...(batch.name !== undefined && { name: batch.name }),
      operations: operations.known,
      ...(batch.streamed && { streamed: true as const }),
      concurrency,
      edges: batch.edges,
    })
    out.complete()
  })
  const source$ = new Observable<never>(() => {
    if (!turns.closed) feed?.open()
    return () => feed?.stop()
  })

  return {
    begun$: concat(
      started$,
      outside({
        scheduler,
        turns,
        queue,
        stops,
        signal,
        backpressure,
        cleanupMs,
        endCleanUp$: reader.endCleanUp$,
        timeoutMs: batch.timeoutMs,
        concurrency: options.concurrency,
      }),
    ),
    arrived$,
    source$,
    stop$: stops.stop$,
    turns,
    gates,
    starts,
    slots: slotsOf({ host: attempts, operations, retries, stops, next: starts.forSlot }),
    concurrency: typeof options.concurrency === 'object' ? Infinity : concurrency,
    endWaiting: endWaiting({ operations, queue, retries, stops, settle, stoppedParent, stopSource: () => feed?.stop() }),
    openGates: openGates({ operations, dependencies, stops, end: settle, makeReady, known, redact: redaction.redact }),
    finish: finish({
      now,
      scheduler,
      graceMs,
      operations,
      feed,
      stops,
      counts,
      undoBook,
      journal,
      write,
      run: { runId, startedAt, concurrency, name: batch.name },
      finished: () => finished$.next(),
    }),
    finished$,
    inOrder: inOrder({ turns, operationIndex, queue: queued }),
    redactEvents: redactEvents(redaction),
    journalled: journal?.journalled,
    // Leaving slots may still ask for the time.
    clearTimers() {
      retries.clear()
      cooldowns.clear()
      timer.clear()
      slice.clear()
    },
  }
}
