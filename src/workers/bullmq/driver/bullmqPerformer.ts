import { Queue } from 'bullmq'
import type * as t from 'io-ts'
import { randomUUID } from 'node:crypto'
import { OperationFailure, type OperationError } from '../../../model/operationError.js'
import type { PlacedAttempt, PlacedContext, Performer } from '../../../model/performer.js'
import { traceOfProcess } from '../../../operations/trace.js'
import { travelling } from '../../values.js'
import { connectTo, reached, urlWithoutPassword } from '../wire/connection.js'
import { openInbox, postOver, type Inbox, type QueueMessage } from '../wire/inbox.js'
import { Claim, End, readMessage, Told } from '../wire/messages.js'
import { anyPlace, performerInbox, queueOf } from '../wire/names.js'
import { givenKey } from '../wire/givenKey.js'
import { sealFor, type MessageKind } from '../wire/seal.js'
import { timing, type Timing } from '../wire/timing.js'
import { heldWrites } from '../wire/heldWrites.js'
import { Outstanding } from './outstanding.js'
import { runLocks } from './runLocks.js'
import { sweeper } from './sweeper.js'

/** Which queue a run sends its operations to. */
export interface BullmqPerformerOptions {
  /** Of a Redis or Valkey, as `redis://user:password@host:6379/0`. */
  readonly url: string
  /** 32 bytes as base64, or the path of a file with them. Default: `MILLRACE_QUEUE_KEY`. */
  readonly key?: string
}

/** A performer that holds connections: close it after use. */
export interface BullmqPerformer extends Performer {
  /** Ends what has not ended, and closes the connections. */
  readonly close: () => Promise<void>
}

/**
 * Sends the operations of a plan that have a `place` to workers, over BullMQ on Redis or Valkey.
 *
 * Everything in the queue is encrypted. An attempt goes to at most one worker: a worker that took it from the queue asks this performer
 * before it begins. Attempts of a lost worker fail with `worker-lost`; those that no worker takes fail with `no-worker` after 30 s; all
 * fail with `queue` if Redis cannot be reached for a minute. Throws if there is no key. It connects with the first attempt.
 *
 * @example
 * ```ts no-run
 * import { lastValueFrom } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { bullmqPerformer } from 'millrace/bullmq'
 * import { standardOperations } from 'millrace/node'
 * const performer = bullmqPerformer({ url: 'redis://queue.internal' })
 * const plan = [{ type: 'shell.run', params: { command: ['make'] }, place: 'any' }]
 * await lastValueFrom(runBatch(plan, { operations: standardOperations({ root: '.' }), performer }))
 * await performer.close()
 * ```
 * @see {@link bullmqWorker} for the other side
 * @since 0.2.0
 */
export function bullmqPerformer(options: BullmqPerformerOptions): BullmqPerformer {
  return timedPerformer(options, timing)
}

/** The same with other times. */
export function timedPerformer({ url, key }: BullmqPerformerOptions, times: Timing): BullmqPerformer {
  const common = givenKey(key)
  let link: Promise<Link> | undefined
  let closed = false
  return {
    takes: ({ place }) => place !== undefined && place !== 'here',
    async perform(attempt, context) {
      if (closed) throw new OperationFailure(queueError('The performer has been closed.', attempt))
      link ??= connect(url, common, times)
      const linked = await link.catch((error: unknown) => {
        link = undefined // The next attempt tries it again.
        throw new OperationFailure(queueError(`${String(error)}\nRedis: ${urlWithoutPassword(url)}`, { repeatable: true }))
      })
      return linked.perform(attempt, context)
    },
    async close() {
      closed = true
      // One that was never made has nothing to close.
      const linked = await link?.catch(() => undefined)
      await linked?.close()
    },
  }
}

interface Link {
  readonly perform: (attempt: PlacedAttempt, context: PlacedContext) => Promise<unknown>
  readonly close: () => Promise<void>
}

async function connect(url: string, common: Uint8Array, times: Timing): Promise<Link> {
  const performer = randomUUID()
  const seal = sealFor(common, performer)
  const commands = connectTo(url, `millrace performer ${performer}`)
  const reading = connectTo(url, `millrace performer ${performer}`)
  await reached(commands, times.unreachableMs).catch((error: unknown) => {
    reading.disconnect()
    throw error
  })
  const writes = heldWrites(commands)
  const post = postOver(commands, writes)
  const attempts = new Map<string, Outstanding>()
  const queues = new Map<string, Queue>()
  let jobs = 0
  const locks = runLocks(commands, performer, times.lockMs)

  const queueAt = (place: string): Queue => {
    let queue = queues.get(place)
    if (queue === undefined) {
      queue = new Queue(queueOf(place), { connection: commands, streams: { events: { maxLen: 1 } } })
      queue.on('error', () => undefined) // What it could not do is told by what it was asked for.
      queues.set(place, queue)
    }
    return queue
  }

  const answer = (kind: MessageKind, attemptKey: string, claim: string, inbox: string): void =>
    // A worker that is gone is found by the sweep.
    void post.send(inbox, { kind, attemptKey, sealed: seal.close(kind, attemptKey, JSON.stringify({ claim })) }).catch(() => undefined)

  const claimed = (attemptKey: string, { claim, worker, inbox }: typeof Claim._A): void => {
    const found = attempts.get(attemptKey)
    if (found === undefined || (found.where.type === 'placed' && found.where.claim !== claim))
      return answer('deny', attemptKey, claim, inbox)
    answer('grant', attemptKey, claim, inbox)
    if (found.where.type === 'queued') found.begins(worker, claim, inbox)
  }

  const told = (attemptKey: string, { claim, seq, items }: typeof Told._A): void => {
    const found = attempts.get(attemptKey)
    if (found === undefined || !found.has(claim) || found.where.type !== 'placed') return
    if (seq > found.heard) {
      found.heard = seq
      found.tell(items)
    }
    const { inbox } = found.where
    const more = (): void => answer('more', attemptKey, claim, inbox)
    const room = found.room()
    if (room === undefined) more()
    else void room.then(more)
  }

  const ended = (attemptKey: string, end: End): void => {
    const found = attempts.get(attemptKey)
    if (found === undefined || !found.has(end.claim)) return
    attempts.delete(attemptKey)
    found.end(end)
  }

  const hear = ({ kind, attemptKey, sealed }: QueueMessage): void => {
    const text = seal.open(kind, attemptKey, sealed)
    if (text === undefined) return // Not from a worker of ours.
    switch (kind) {
      case 'claim':
        return heard(Claim, text, (claim) => claimed(attemptKey, claim))
      case 'told':
        return heard(Told, text, (items) => told(attemptKey, items))
      case 'end':
        return heard(End, text, (end) => ended(attemptKey, end))
      case 'attempt':
      case 'ask':
      case 'grant':
      case 'deny':
      case 'more':
      case 'cancel':
    }
  }

  const inbox: Inbox = await openInbox(performerInbox(performer), { commands, reading, hear }, times.lockMs)

  const enqueue = async ({ attempt, jobId, place, sealed }: Outstanding): Promise<void> => {
    // Attempts are counted in one place, the run: the queue makes none of its own.
    const once = { jobId, attempts: 1, removeOnComplete: true, removeOnFail: true }
    writes.hold()
    await queueAt(place).add('attempt', { performer, key: attempt.key, sealed }, once)
  }

  const refuse = (found: Outstanding, error: OperationError): void => {
    if (!attempts.delete(found.attempt.key)) return
    found.fail(error)
  }

  const sweep = sweeper({
    times,
    attempts,
    inbox,
    isThere: async (worker) => (await commands.exists(worker)) === 1,
    stateOf: (found) => queueAt(found.place).getJobState(found.jobId),
    workersAt: (place) => queueAt(place).getWorkersCount(),
    isReachable: () => commands.status === 'ready',
    enqueue,
    remind(found) {
      const { attempt, where, cancelled, doubtful } = found
      if (where.type !== 'placed') return
      if (cancelled) answer('cancel', attempt.key, where.claim, where.inbox)
      if (!doubtful) return
      const sealed = `${performer} ${seal.close('ask', attempt.key, JSON.stringify({ claim: where.claim }))}`
      void post.send(where.inbox, { kind: 'ask', attemptKey: attempt.key, sealed }).catch(() => undefined) // It is asked again.
    },
    keepLocks: () => locks.keep(new Set([...attempts.values()].map(({ attempt }) => attempt.runId))),
    lost(found) {
      if (attempts.delete(found.attempt.key)) found.lost()
    },
    refuse,
    queueError: (message, found) => queueError(`${message}\nRedis: ${urlWithoutPassword(url)}`, found.attempt),
  })

  // What was on its way when a connection broke may have been lost with what Redis held.
  commands.on('close', () => {
    for (const found of attempts.values()) found.doubtful = true
  })

  const leave = (found: Outstanding): void => {
    const { attempt, jobId, place, where } = found
    if (attempts.get(attempt.key) !== found) return
    if (where.type === 'placed') {
      found.cancelled = true
      return answer('cancel', attempt.key, where.claim, where.inbox)
    }
    attempts.delete(attempt.key)
    // Should a worker have it already: it asks, and is denied.
    void queueAt(place)
      .remove(jobId)
      .catch(() => undefined)
    found.abort()
  }

  return {
    async perform(attempt, context) {
      const { key, params, runId, place = anyPlace } = attempt
      if (attempts.has(key)) throw new OperationFailure(queueError(`${key} is being performed already.`, attempt))
      if (!(await locks.take(runId))) throw new OperationFailure(queueError(`The run ${runId} is driven by another process.`, attempt))
      if (context.signal.aborted) throw new Error('The attempt was aborted before a worker took it.')
      const { key: _key, params: _params, ...rest } = attempt
      // As it would be here: the trace of the run, or that of its process.
      const traced = { ...rest, trace: attempt.trace ?? traceOfProcess() }
      const given = `${JSON.stringify(traced).slice(0, -1)},"params":${travelling(params, 'params')}}`
      const sealed = seal.close('attempt', key, given)
      return new Promise((resolve, reject) => {
        const found = new Outstanding(attempt, `${performer}-${++jobs}`, place, sealed, context, { resolve, reject })
        attempts.set(key, found)
        context.signal.addEventListener('abort', () => leave(found), { once: true })
        enqueue(found).catch((error: unknown) => refuse(found, queueError(String(error), attempt)))
        sweep.begin()
      })
    },
    async close() {
      sweep.end()
      const left = [...attempts.values()]
      for (const found of left) leave(found)
      // What would be said to a Redis that is out of reach is not waited for: all that is in it expires.
      if (commands.status !== 'ready') commands.disconnect()
      await inbox.close()
      await locks.release().catch(() => undefined)
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      commands.disconnect()
    },
  }
}

function heard<A>(codec: t.Type<A, unknown, unknown>, text: string, use: (message: A) => void): void {
  const message = readMessage(codec, text)
  if (message !== undefined) use(message)
}

function queueError(message: string, { repeatable }: Pick<PlacedAttempt, 'repeatable'>): OperationError {
  return { type: 'queue', message, retryable: repeatable }
}
