// A worker of the benchmark: node workerProcess.js '{"url": …, "key": …, "slots": …}', with a channel to its parent. Says when it takes
// operations, and what CPU time it has spent whenever it is asked; ends when the channel is closed.
import { bullmqWorker } from '../../src/bullmq.js'
import { cpuMs } from './cpu.js'
import { doublings } from './doublings.js'

export interface WorkerOrder {
  readonly url: string
  readonly key: string
  readonly slots: number
}

const order = JSON.parse(process.argv[2]!) as WorkerOrder // Its parent wrote it.
const stop = new AbortController()
process.on('disconnect', () => stop.abort())
process.on('message', () => process.send?.(cpuMs()))
bullmqWorker({ ...order, operations: doublings, signal: stop.signal }).subscribe((event) => {
  if (event.type === 'worker-started') process.send?.('started')
})
