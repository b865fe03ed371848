// workers/bullmq/worker: the side of a worker: it takes attempts from queues, asks the run, performs them, tells how they ended.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { asyncScheduler, Observable } from 'rxjs'
import type { OperationRegistry } from '../../../model/operationType.js'
import { connectTo } from '../wire/connection.js'
import { givenKey } from '../wire/givenKey.js'
import { openInbox, postOver, type Post, type QueueMessage } from '../wire/inbox.js'
import { ClaimAnswer, readMessage } from '../wire/messages.js'
import { anyPlace, performerInbox, workerInbox } from '../wire/names.js'
import { sealFor, type Seal } from '../wire/seal.js'
import { timing, type Timing } from '../wire/timing.js'
import { heldWrites } from '../wire/heldWrites.js'
import { fetchJobs } from './fetchJobs.js'
import { endProgramsOfKilled, notedPrograms, unnotedPrograms } from './notedPrograms.js'
import { takeJob, type JobParts, type JobRefusal, type TakenJob } from './performJob.js'
import { workerSlots } from './slots.js'
import { toldEnds, type ToldEnds } from './toldEnds.js'

/** What a worker takes, and what it can do. */
export interface BullmqWorkerOptions {
  /** Of a Redis or Valkey, as `redis://user:password@host:6379/0`. */
  readonly url: string
  /** What it can perform, with the roots and programs of the worker, not those of the run. */
  readonly operations: OperationRegistry
  /** 32 bytes as base64, or the path of a file with them. Default: `MILLRACE_QUEUE_KEY`. */
  readonly key?: string
  /** It takes what is for this place, and what is for any. Default: only what is for any. */
  readonly place?: string
  /** Most attempts at once. Default 1. */
  readonly slots?: number
  /** What `attempt-placed` calls it. Default: host and process. */
  readonly name?: string
  /** Aborted: it takes nothing more, ends what it performs, and completes. */
  readonly signal?: AbortSignal
  /** A folder in whose `.millrace` it records the programs it starts, to end those of a killed worker. Default: they are not recorded. */
  readonly root?: string
}

/** The events of a worker. */
export type WorkerEvent =
  | { readonly type: 'worker-started'; readonly worker: string; readonly places: readonly string[]; readonly slots: number }
  | { readonly type: 'attempt-begun'; readonly key: string; readonly name: string }
  | { readonly type: 'attempt-ended'; readonly key: string; readonly outcome: 'succeeded' | 'failed' | 'lost' }
  | { readonly type: 'job-refused'; readonly key: string | undefined; readonly reason: JobRefusal }
  | { readonly type: 'queue-failed'; readonly message: string }
  | { readonly type: 'worker-stopping' }

/**
 * Performs operations that runs send to a queue, over BullMQ on Redis or Valkey.
 *
 * Cold: subscribing starts a worker, unsubscribing aborts what it performs. After `signal` it completes when the operations it performs
 * have ended. It never errors; it waits for a Redis that cannot be reached. Throws if there is no key. It begins only what the run has
 * allowed: entries that others put in the queue are refused.
 *
 * @example
 * ```ts no-run
 * import { bullmqWorker } from 'millrace/bullmq'
 * import { standardOperations } from 'millrace/node'
 * const stop = new AbortController()
 * const operations = standardOperations({ root: '/srv/builds', allowPrograms: ['make'] })
 * bullmqWorker({ url: 'redis://queue.internal', operations, slots: 4, signal: stop.signal }).subscribe(console.log)
 * process.once('SIGTERM', () => stop.abort())
 * ```
 * @see {@link bullmqPerformer} for the other side
 * @since 0.2.0
 */
export function bullmqWorker(options: BullmqWorkerOptions): Observable<WorkerEvent> {
  return timedWorker(options, timing)
}

/** The same with other times. */
export function timedWorker(options: BullmqWorkerOptions, times: Timing): Observable<WorkerEvent> {
  const key = givenKey(options.key)
  // Not composed: what it is made of are promises, and leaving has to end them in an order.
  return new Observable((events) => {
    const worker = new RunningWorker(options, key, times, (event) => events.next(event))
    worker.run().then(
      () => events.complete(),
      (error: unknown) => events.error(error),
    )
    return () => worker.abort()
  })
}

class RunningWorker {
  private readonly id = randomUUID()
  private readonly jobs = new Map<string, TakenJob>()
  private readonly left = new AbortController()

  constructor(
    private readonly options: BullmqWorkerOptions,
    private readonly key: Uint8Array,
    private readonly times: Timing,
    private readonly tell: (event: WorkerEvent) => void,
  ) {}

  /** Stops immediately. */
  abort(): void {
    this.left.abort()
    for (const job of this.jobs.values()) job.lose()
  }

  async run(): Promise<void> {
    const { url, operations, place, slots: count = 1, root, name = `${hostname()}:${process.pid}` } = this.options
    const { times, tell, key } = this
    if (root !== undefined) await endProgramsOfKilled(root)
    const programs = root === undefined ? unnotedPrograms : notedPrograms(root)
    const [commands, reading] = [connectTo(url, `millrace worker ${name}`), connectTo(url, `millrace worker ${name}`)]
    const ready = new Promise<boolean>((resolve) => commands.once('ready', () => resolve(true)))
    if (!(await Promise.race([ready, this.stopped().then(() => false)]))) {
      for (const connection of [commands, reading]) connection.disconnect()
      return
    }
    const slots = workerSlots(count)
    const inboxName = workerInbox(this.id)
    const seals = new Map<string, Seal>()
    const sealOf = (performer: string): Seal => {
      const seal = seals.get(performer) ?? sealFor(key, performer)
      // One for each run that is about; those of old runs are made again should they come back.
      if (seals.size > 1_000) seals.clear()
      seals.set(performer, seal)
      return seal
    }
    const failed = (error: unknown): void => tell({ type: 'queue-failed', message: error instanceof Error ? error.message : String(error) })
    const writes = heldWrites(commands)
    const post = postOver(commands, writes)
    const ends = toldEnds({ post, failed, isOpen: () => commands.status !== 'end', againMs: times.sweepMs })
    const inbox = await openInbox(inboxName, { commands, reading, hear: (message) => this.hear(message, sealOf, post, ends) }, times.lockMs)
    const parts: JobParts = {
      worker: name,
      inbox: inboxName,
      operations,
      post,
      ends,
      times,
      sealOf,
      programs,
      begun: ({ key: attemptKey, type, operation }) => tell({ type: 'attempt-begun', key: attemptKey, name: `${type}.${operation}` }),
    }

    const perform = async (data: unknown): Promise<void> => {
      const job = takeJob(data, parts)
      if (job === undefined) return tell({ type: 'job-refused', key: undefined, reason: 'not-sealed' })
      const { claim, attemptKey } = job
      this.jobs.set(claim, job)
      if (this.left.signal.aborted) job.lose()
      const end = await job.end.finally(() => {
        this.jobs.delete(claim)
        programs.ended(claim)
      })
      if (end.type === 'refused') tell({ type: 'job-refused', key: attemptKey, reason: end.reason })
      else tell({ type: 'attempt-ended', key: attemptKey, outcome: end.outcome })
    }

    const places = place === undefined || place === anyPlace ? [anyPlace] : [place, anyPlace]
    const sources = places.map((from) =>
      fetchJobs(from, { connection: commands, writes, times, slots, alone: places.length === 1, perform, failed }),
    )
    const missing = new Map<string, number>()
    const keep = async (): Promise<void> => {
      await Promise.all(sources.map((source) => source.keep()))
      // It was taken for lost meanwhile: what it performs may have been begun elsewhere.
      if (!(await inbox.keep(times.lockMs))) for (const job of this.jobs.values()) job.lose()
      await this.endOrphans(missing, async (performer) => (await commands.exists(performerInbox(performer))) === 1)
    }
    const timer = asyncScheduler.schedule(function () {
      void keep().catch(failed)
      this.schedule(undefined, times.checkMs)
    }, times.checkMs)

    tell({ type: 'worker-started', worker: name, places, slots: count })
    await this.stopped()
    tell({ type: 'worker-stopping' })
    await Promise.all(sources.map((source) => source.stop()))
    await slots.idle()
    timer.unsubscribe()
    await Promise.all(sources.map((source) => source.close()))
    // What would be said to a Redis that is out of reach is not waited for: its inbox expires.
    if (commands.status !== 'ready') commands.disconnect()
    else await ends.taken()
    await inbox.close()
    commands.disconnect()
    programs.close()
  }

  private stopped(): Promise<void> {
    const signals = [this.left.signal, ...(this.options.signal === undefined ? [] : [this.options.signal])]
    return new Promise((resolve) => {
      for (const signal of signals)
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  private hear({ kind, attemptKey, sealed }: QueueMessage, sealOf: (performer: string) => Seal, post: Post, ends: ToldEnds): void {
    if (kind === 'ask') return this.sayWhere(attemptKey, sealed, sealOf, post, ends)
    for (const job of this.jobs.values()) {
      if (job.attemptKey !== attemptKey) continue
      const text = sealOf(job.performer).open(kind, attemptKey, sealed)
      const answer = text === undefined ? undefined : readMessage(ClaimAnswer, text)
      if (answer?.claim === job.claim) job.hear(kind)
    }
  }

  /** The run asks where an attempt is: one that is running needs no answer; the end of one that has ended is sent again. */
  private sayWhere(attemptKey: string, asked: string, sealOf: (performer: string) => Seal, post: Post, ends: ToldEnds): void {
    const [performer = '', sealed = ''] = asked.split(' ')
    const seal = sealOf(performer)
    const text = seal.open('ask', attemptKey, sealed)
    const claim = text === undefined ? undefined : readMessage(ClaimAnswer, text)?.claim
    if (claim === undefined || this.jobs.has(claim)) return
    const lost = (): string => seal.close('end', attemptKey, JSON.stringify({ claim, items: [], outcome: 'lost' }))
    const { inbox, message } = ends.find(claim) ?? {
      inbox: performerInbox(performer),
      message: { kind: 'end' as const, attemptKey, sealed: lost() },
    }
    void post.send(inbox, message).catch(() => undefined) // It asks again.
  }

  /** Ends the attempts of runs that are gone. It checks twice, because Redis can have been restarted without its data. */
  private async endOrphans(missing: Map<string, number>, isThere: (performer: string) => Promise<boolean>): Promise<void> {
    const performers = new Set([...this.jobs.values()].map(({ performer }) => performer))
    for (const performer of missing.keys()) if (!performers.has(performer)) missing.delete(performer)
    for (const performer of performers) {
      const times = (await isThere(performer)) ? 0 : (missing.get(performer) ?? 0) + 1
      missing.set(performer, times)
      if (times > 1) for (const job of this.jobs.values()) if (job.performer === performer) job.lose()
    }
  }
}
