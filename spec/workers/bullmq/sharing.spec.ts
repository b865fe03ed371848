// @needs redis-server
// @limit 300
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { closed } from '../../../src/model/codec/closed.js'
import { integer } from '../../../src/model/codec/values.js'
import { noEffects } from '../../../src/model/effects.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import type { AttemptContext } from '../../../src/model/work.js'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { ownRedis, type OwnRedis } from '../../support/redis.js'
import { startedWorker } from './startedWorker.js'

const test = suite('sharing a worker')
const key = Buffer.alloc(32, 8).toString('base64')
let redis: OwnRedis

test.before(async () => {
  redis = await ownRedis()
})
test.after(() => redis.close())

/** Operations that run until as many have begun as there are to be at once, or nobody else is left to begin. */
function meetings(slots: number, total: number) {
  const begun: string[] = []
  let [running, most] = [0, 0]
  let waiting: (() => void)[] = []
  const params = closed('no params', {}, {})
  const operations = operationRegistry([
    {
      type: 'meet',
      operation: 'others',
      summary: 'Waits until every slot is taken.',
      params,
      result: integer(),
      effects: noEffects,
      perform: async (_: typeof params._A, { runId, id }: AttemptContext) => {
        begun.push(`${runId}/${id}`)
        most = Math.max(most, ++running)
        if (running < slots && begun.length < total) await new Promise<void>((resolve) => waiting.push(resolve))
        else {
          // Should there be a slot too many, it has time to be taken.
          await new Promise((resolve) => setTimeout(resolve, 20))
          for (const go of waiting) go()
          waiting = []
        }
        return --running
      },
    },
  ])
  return { operations, begun, most: () => most }
}

async function performedBy(places: readonly [first: string, second: string], workerPlace?: string): Promise<void> {
  const [slots, each] = [3, 9]
  const { operations, begun, most } = meetings(slots, 2 * each)
  const worker = await startedWorker({ url: redis.url, key, operations, slots, ...(workerPlace !== undefined && { place: workerPlace }) })
  const runs = places.map(async (place, at) => {
    const performer = bullmqPerformer({ url: redis.url, key })
    const plan = Array.from({ length: each }, (_, number) => ({ id: `n${number}`, type: 'meet.others', place }))
    const events = await lastValueFrom(runBatch(plan as never, { operations, performer, runId: `run${at}` }).pipe(toArray()))
    await performer.close()
    return events
  })
  for (const events of await Promise.all(runs)) assert.ok(succeeded(events), JSON.stringify(events.at(-1)))
  await worker.stop()
  assert.is(most(), slots)
  assert.equal(
    begun.toSorted(),
    [0, 1].flatMap((run) => Array.from({ length: each }, (_, number) => `run${run}/n${number}`)),
  )
}

function succeeded(events: readonly BatchEvent[]): boolean {
  const last = events.at(-1)
  return last?.type === 'run-finished' && last.summary.ok
}

test('two runs share the slots of a worker, and each operation is performed once', () => performedBy(['any', 'any']))

test('two places share the slots of a worker that has both', () => performedBy(['gpu', 'any'], 'gpu'))

const lines = 40_000
const floodParams = closed('no params', {}, {})
let floods = 0
const flooding = operationRegistry([
  {
    type: 'flood',
    operation: 'out',
    summary: 'Gives out numbered lines and events as fast as it may.',
    params: floodParams,
    result: integer(),
    effects: noEffects,
    perform: async (_: typeof floodParams._A, { output, emit, room }: AttemptContext) => {
      for (let line = 0; line < lines; line++) {
        await room()
        output('stdout', `line ${line}\n`)
        emit('line', line)
        floods = line + 1
      }
      return lines
    },
  },
])

test('a flood of output at a worker waits for a reader of the run that is slow, and comes whole and in order', async () => {
  const worker = await startedWorker({ url: redis.url, key, operations: flooding })
  const performer = bullmqPerformer({ url: redis.url, key })
  let [text, heard, furthest] = ['', 0, 0]
  for await (const event of runBatch([{ id: 'a', type: 'flood.out', place: 'any' }] as never, {
    operations: flooding,
    performer,
  }).iterate()) {
    if (event.type === 'operation-output') text += event.text
    if (event.type !== 'operation-emitted') continue
    assert.is(event.data, heard++)
    furthest = Math.max(furthest, floods - heard)
    // Slower than the worker, which would be through at once.
    if (heard % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await performer.close()
  await worker.stop()
  assert.is(heard, lines)
  assert.is(text, Array.from({ length: lines }, (_, line) => `line ${line}\n`).join(''))
  // What the worker holds, what is on its way, and what is unread.
  assert.ok(furthest < lines / 2, `${furthest} of ${lines} were ahead of the reader`)
})

test.run()
