// Run as a process of its own, to be killed: a worker. Says "started" when it takes from the queue.
import { writeSync } from 'node:fs'
import { timedWorker } from '../../../../src/workers/bullmq/worker/bullmqWorker.js'
import { countingOperations, queueKey, timingNamed } from './countedPlan.js'

const [url = '', file = '', slots = '1', times] = process.argv.slice(2)
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())
timedWorker(
  { url, key: queueKey, operations: countingOperations(file), slots: Number(slots), signal: stop.signal },
  timingNamed(times),
).subscribe((event) => {
  if (event.type === 'worker-started') writeSync(1, 'started\n')
})
