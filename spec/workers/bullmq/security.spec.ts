// @needs redis-server
import { Queue } from 'bullmq'
import { lastValueFrom, tap, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { closed } from '../../../src/model/codec/closed.js'
import { anyJson } from '../../../src/model/codec/values.js'
import { noEffects } from '../../../src/model/effects.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { operationRegistry, type OperationRegistry } from '../../../src/model/operationType.js'
import type { AttemptContext } from '../../../src/model/work.js'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { queueOf } from '../../../src/workers/bullmq/wire/names.js'
import { ownRedis, type OwnRedis } from '../../support/redis.js'
import { startedWorker, type StartedWorker } from './startedWorker.js'

const test = suite('security of the queue')
const key = Buffer.alloc(32, 1).toString('base64')
const otherKey = Buffer.alloc(32, 2).toString('base64')
let redis: OwnRedis

test.before(async () => {
  redis = await ownRedis()
})
test.after(() => redis.close())

const performed: unknown[] = []
const params = closed('params of note.it', {}, { text: anyJson })
const operations: OperationRegistry = operationRegistry([
  {
    type: 'note',
    operation: 'it',
    summary: 'Notes its params and gives them out.',
    params,
    result: anyJson,
    effects: noEffects,
    perform: ({ text }: typeof params._A, { output, emit }: AttemptContext) => {
      performed.push(text)
      output('stdout', `${String(text)}\n`)
      emit('noted', { text })
      return { text: text ?? null }
    },
  },
])

const started = (withKey = key): Promise<StartedWorker> => startedWorker({ url: redis.url, key: withKey, operations })

async function withQueue<A>(use: (queue: Queue) => Promise<A>): Promise<A> {
  const queue = new Queue(queueOf('any'), { connection: { url: redis.url } })
  try {
    return await use(queue)
  } finally {
    await queue.close()
  }
}

const note = (id: string, text: unknown): object => ({ id, type: 'note.it', place: 'any', params: { text } })

test('what somebody without the key puts into the queue is refused', async () => {
  const worker = await started()
  const rogue = [
    { type: 'note', operation: 'it', params: { text: 'rogue' } },
    { performer: 'p', key: 'r/a/1', sealed: JSON.stringify({ type: 'note', operation: 'it', params: { text: 'rogue' } }) },
    { performer: 'p', key: 'r/a/1', sealed: Buffer.alloc(64, 3).toString('base64') },
    { performer: 'p', key: 'r/a/1', sealed: '' },
    'text',
    null,
  ]
  await withQueue(async (queue) => {
    for (const data of rogue) await queue.add('attempt', data)
    await worker.until(() => worker.refusals().length >= rogue.length)
  })
  await worker.stop()
  assert.equal(
    worker.refusals(),
    rogue.map(() => 'not-sealed'),
  )
  assert.equal(performed, [])
})

test('what was sealed with another key is refused', async () => {
  const worker = await started(otherKey)
  const stop = new AbortController()
  const performer = bullmqPerformer({ url: redis.url, key })
  const run = lastValueFrom(runBatch([note('a', 'other')] as never, { operations, performer, signal: stop.signal }))
  await worker.until(() => worker.refusals().length >= 1)
  stop.abort()
  await run
  await performer.close()
  await worker.stop()
  assert.equal([worker.refusals()[0], performed], ['not-sealed', []])
})

test('nothing can be replayed: not while its run goes on, not after, not as another attempt', async () => {
  const performer = bullmqPerformer({ url: redis.url, key })
  const stop = new AbortController()
  let finish = (): void => undefined
  const finishing = new Promise<void>((resolve) => (finish = resolve))
  const ended = new Promise<void>((resolve) => {
    void lastValueFrom(
      runBatch([note('a', 'once'), note('b', 'once more')] as never, { operations, performer, signal: stop.signal }).pipe(
        tap((event) => event.type === 'operation-succeeded' && event.id === 'b' && resolve()),
      ),
    ).then(finish)
  })
  await withQueue(async (queue) => {
    // No worker is there yet: what lies in the queue is there to be copied.
    let jobs = await queue.getJobs(['waiting'])
    while (jobs.length < 2) jobs = await queue.getJobs(['waiting'])
    const [first, second] = jobs.map(({ data }) => data as { readonly key: string; readonly sealed: string })
    const worker = await started()
    await ended
    await finishing
    assert.equal(new Set(performed), new Set(['once', 'once more']))
    for (const data of [first, second]) await queue.add('attempt', data)
    await worker.until(() => worker.refusals().length >= 2)
    // One that is still there would not be added.
    for (const { id } of jobs) while ((await queue.getJobState(id!)) !== 'unknown') await new Promise((resolve) => setTimeout(resolve, 5))
    for (const { id } of jobs) await queue.add('attempt', first, { jobId: id! })
    await worker.until(() => worker.refusals().length >= 4)
    await queue.add('attempt', { ...first, key: second!.key })
    await worker.until(() => worker.refusals().length >= 5)
    await performer.close()
    await queue.add('attempt', first)
    await worker.until(() => worker.refusals().length >= 6)
    await worker.stop()
    assert.equal(worker.refusals(), ['denied', 'denied', 'denied', 'denied', 'not-sealed', 'no-run'])
    assert.is(performed.length, 2)
  })
})

test('a secret is in no key of Redis, at no moment', async () => {
  const canary = 'c4n4ry-9f8e7d6c'
  process.env['QUEUE_SPEC_CANARY'] = canary
  const performer = bullmqPerformer({ url: redis.url, key })
  const looks: Promise<string>[] = []
  const plan = Array.from({ length: 5 }, (_, at) => note(`n${at}`, { $secret: 'QUEUE_SPEC_CANARY' }))
  const run = runBatch(plan as never, { operations, performer, concurrency: 2 }).pipe(
    tap(() => void looks.push(redis.everything())),
    toArray(),
  )
  const events = lastValueFrom(run)
  await withQueue(async (queue) => {
    while ((await queue.getWaitingCount()) < 2) {
      const look = redis.everything()
      looks.push(look)
      await look
    }
  })
  const worker = await started()
  const told: readonly BatchEvent[] = await events
  looks.push(redis.everything())
  await performer.close()
  await worker.stop()
  assert.ok(told.some((event) => event.type === 'operation-output' && event.text.includes('[secret]')))
  for (const look of await Promise.all(looks)) {
    assert.not.ok(look.includes(canary))
    assert.not.ok(look.includes(Buffer.from(canary).toString('base64').slice(0, -4)))
  }
  assert.not.ok(JSON.stringify(told).includes(canary))
})

test('two processes cannot drive one run', async () => {
  const [first, second] = [bullmqPerformer({ url: redis.url, key }), bullmqPerformer({ url: redis.url, key })]
  const stop = new AbortController()
  const running = lastValueFrom(runBatch([note('a', 1)] as never, { operations, performer: first, runId: 'mine', signal: stop.signal }))
  await withQueue(async (queue) => {
    while ((await queue.getWaitingCount()) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  })
  const told = await lastValueFrom(runBatch([note('a', 1)] as never, { operations, performer: second, runId: 'mine' }).pipe(toArray()))
  const failed = told.find((event) => event.type === 'operation-failed')
  assert.match(failed?.type === 'operation-failed' ? failed.error.message : '', 'The run mine is driven by another process.')
  stop.abort()
  await running
  await Promise.all([first.close(), second.close()])
})

test.run()
