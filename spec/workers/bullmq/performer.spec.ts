// @needs redis-server
import { suite } from 'uvu'
import { performerCases } from '../../../src/testing/performerCases.js'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { bullmqWorker } from '../../../src/workers/bullmq/worker/bullmqWorker.js'
import { ownRedis, type OwnRedis } from '../../support/redis.js'

const test = suite('bullmqPerformer')
const key = Buffer.alloc(32, 7).toString('base64')
let redis: OwnRedis

test.before(async () => {
  redis = await ownRedis()
})
test.after(() => redis.close())

const cases = performerCases(async (operations) => {
  const { url } = redis
  const stop = new AbortController()
  const worker = bullmqWorker({ url, key, operations, slots: 3, signal: stop.signal })
  let ended: () => void = () => undefined
  const end = new Promise<void>((resolve) => (ended = resolve))
  const started = new Promise<void>((resolve) => {
    worker.subscribe({ next: (event) => event.type === 'worker-started' && resolve(), complete: () => ended() })
  })
  await started
  const performer = bullmqPerformer({ url, key })
  return {
    performer,
    async close() {
      await performer.close()
      stop.abort()
      await end
    },
  }
})
for (const { name, run } of cases) test(name, run)

test.run()
