import { Job, Worker, type JobJson } from 'bullmq'
import type { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { queueOf } from '../wire/names.js'
import type { Timing } from '../wire/timing.js'
import type { HeldWrites } from '../wire/heldWrites.js'
import type { WorkerSlots } from './slots.js'

/** The jobs of one queue, as a worker takes them. */
export interface JobSource {
  /** Says of all that were taken that they are in good hands. */
  keep(): Promise<void>
  /** Takes no more. */
  stop(): Promise<void>
  close(): Promise<void>
}

export interface FetchParts {
  readonly connection: Redis
  readonly writes: HeldWrites
  readonly times: Timing
  readonly slots: WorkerSlots
  /** Whether this queue is the only one: then the slot of a job that is done with may go to the next one at once. */
  readonly alone: boolean
  /** What to do with one; the job is done with when it resolves. */
  readonly perform: (data: unknown) => Promise<void>
  readonly failed: (error: unknown) => void
}

/** How long to wait after Redis did not answer, in ms. */
const pauseMs = 250

/** Takes jobs from the queue of a place whenever a slot is free. */
export function fetchJobs(place: string, { connection, writes, times, slots, alone, perform, failed }: FetchParts): JobSource {
  // Attempts are counted by the run alone: a job whose worker is gone comes again at once, and the run decides.
  const worker = new Worker(queueOf(place), null, {
    connection,
    autorun: false,
    lockDuration: times.lockMs,
    stalledInterval: times.checkMs,
    maxStalledCount: 0,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  })
  worker.on('error', failed)
  const taken = new Map<string, string>()
  let stopped = false

  const performed = async (job: Job, token: string): Promise<void> => {
    taken.set(job.id!, token)
    try {
      await perform(job.data)
    } catch (error) {
      failed(error)
    }
    taken.delete(job.id!)
  }

  /** Says that a job is done with, and takes the next one in the same go where there is one. */
  const done = async (job: Job, token: string): Promise<Job | undefined> => {
    writes.hold()
    // One whose lock was lost belongs to another worker by now, or is no more.
    const next = await job.moveToCompleted(null, token, alone && !stopped).catch(() => undefined)
    const [data, id] = next ?? []
    return data ? Job.fromJSON(worker, data as JobJson, id as string) : undefined // As BullMQ gives it.
  }

  /** A slot that has been taken, from one job to the next as long as there are some. */
  const work = async (first: Job, token: string): Promise<void> => {
    let job: Job | undefined = first
    while (job !== undefined) {
      await performed(job, token)
      job = await done(job, token)
      if (!stopped || job === undefined) continue
      await job.moveToWait(token).catch(failed)
      job = undefined
    }
    slots.give()
  }

  const loop = async (): Promise<void> => {
    while (!stopped) {
      await slots.free()
      if (stopped) return
      const token = randomUUID()
      const job = await worker.getNextJob(token, { block: true }).catch(async (error: unknown) => {
        if (!stopped) failed(error)
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
        return undefined
      })
      if (job === undefined) continue
      if (!stopped && slots.take()) void work(job, token)
      // The other queue was faster: somebody else may have it.
      else await job.moveToWait(token).catch(failed)
    }
  }

  void worker.startStalledCheckTimer()
  const looping = loop()
  return {
    async keep() {
      const ids = [...taken.keys()]
      if (ids.length > 0) await worker.extendJobLocks(ids, [...taken.values()], times.lockMs)
    },
    async stop() {
      stopped = true
    },
    async close() {
      stopped = true
      await worker.close(true)
      await looping
    },
  }
}
