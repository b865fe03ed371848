// Trees of programs at a worker, and what is left of them once their run is cancelled.
import { Queue } from 'bullmq'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom, tap, toArray } from 'rxjs'
import { runBatch } from '../../../src/engine/runBatch.js'
import { hasLivingMember } from '../../../src/operations/group/livingMember.js'
import { standardOperations } from '../../../src/operations/standard.js'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { queueOf } from '../../../src/workers/bullmq/wire/names.js'
import { bullmqWorker } from '../../../src/workers/bullmq/worker/bullmqWorker.js'
import { ownRedis } from '../../support/redis.js'
import { tempTree } from '../../support/tempTree.js'

/** What a cancelled run left, and how long it took. */
export interface CancelledTrees {
  /** How many process groups had begun when it was cancelled. */
  readonly groups: number
  /** How many of them had a living member when the run had ended. */
  readonly left: number
  readonly cancelled: number
  /** Jobs of any state when the run had ended. */
  readonly inQueue: number
  /** From the cancel to the end of the run, in ms. */
  readonly goneAfterMs: number
  /** Notes of programs that the worker left when it had been stopped. */
  readonly notes: readonly string[]
}

const key = Buffer.alloc(32, 4).toString('base64')

/** Starts `count` trees at a worker with as many slots, and some more that wait in the queue; cancels all when all trees are there. */
export async function cancelledTrees(count: number): Promise<CancelledTrees> {
  const redis = await ownRedis()
  const root = tempTree({})
  const operations = standardOperations({ root })
  const stopWorker = new AbortController()
  const worker = new Promise<void>((resolve, reject) => {
    bullmqWorker({ url: redis.url, key, operations, slots: count, root, signal: stopWorker.signal }).subscribe({
      complete: () => resolve(),
      error: reject,
    })
  })
  const performer = bullmqPerformer({ url: redis.url, key })
  const stop = new AbortController()
  const groups = new Set<number>()
  const concurrency = count + 10
  const plan = Array.from({ length: concurrency }, (_, at) => ({
    id: `tree${at}`,
    type: 'shell.run',
    place: 'any',
    params: { command: ['sh', '-c', 'sleep 1000 & (sleep 1000 & wait) & echo group $$; wait'] },
  }))
  let cancelledAt = NaN
  const events = await lastValueFrom(
    runBatch(plan as never, { operations, performer, concurrency, signal: stop.signal }).pipe(
      tap((event) => {
        if (event.type !== 'operation-output') return
        for (const [, group] of event.text.matchAll(/group (\d+)\n/g)) groups.add(Number(group))
        if (groups.size < count || stop.signal.aborted) return
        cancelledAt = performance.now()
        stop.abort()
      }),
      toArray(),
    ),
  )
  const goneAfterMs = Math.round(performance.now() - cancelledAt)
  const left = [...groups].filter((group) => hasLivingMember(group)).length
  await performer.close()
  stopWorker.abort()
  await worker
  const queue = new Queue(queueOf('any'), { connection: { url: redis.url } })
  const counts = await queue.getJobCounts()
  await queue.close()
  await redis.close()
  const notes = readdirSync(join(root, '.millrace', 'workers'))
  rmSync(root, { recursive: true, force: true })
  return {
    groups: groups.size,
    left,
    cancelled: events.filter(({ type }) => type === 'operation-cancelled').length,
    inQueue: Object.values(counts).reduce((sum, jobs) => sum + jobs, 0),
    goneAfterMs,
    notes,
  }
}
