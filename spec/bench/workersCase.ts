import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { lastValueFrom } from 'rxjs'
import { runBatch } from '../../src/index.js'
import { bullmqPerformer } from '../../src/bullmq.js'
import { ownRedis } from '../support/redis.js'
import type { Sample } from './sample.js'
import { timed } from './timed.js'
import { doublePlan, doublings } from './doublings.js'
import type { WorkerOrder } from './workerProcess.js'

/** Operations that do next to nothing, in the run's own process or at workers: the difference is what the way there and back costs. */
export interface WorkersSettings {
  readonly operations: number
  readonly workers: number
  readonly slots: number
}

/** What is run before it is timed: processes that have just started compile more than they send. */
const warmUp = 1_000
/** Twice as many attempts as slots: when one falls free, the next attempt lies in the queue. */
const concurrencyOf = ({ workers, slots }: WorkersSettings): number => 2 * workers * slots

export async function measureWorkers(contender: string, settings: WorkersSettings): Promise<Sample> {
  return contender === 'in the run' ? here(settings) : atWorkers(settings)
}

async function here(settings: WorkersSettings): Promise<Sample> {
  const { operations } = settings
  const run = (count: number): Promise<boolean> => succeeds(count, 'here', { operations: doublings, concurrency: concurrencyOf(settings) })
  let ok = await run(warmUp)
  const spent = await timed(async () => (ok = (await run(operations)) && ok))
  return { operations, ...spent, problems: ok ? [] : ['not every operation succeeded'] }
}

async function atWorkers(settings: WorkersSettings): Promise<Sample> {
  const { operations, workers: count, slots } = settings
  const redis = await ownRedis()
  const key = randomBytes(32).toString('base64')
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker({ url: redis.url, key, slots })))
  const performer = bullmqPerformer({ url: redis.url, key })
  const asking = new Redis(redis.url)
  try {
    const options = { operations: doublings, performer, concurrency: concurrencyOf(settings) }
    const run = (size: number): Promise<boolean> => succeeds(size, 'any', options)
    const others = async (): Promise<readonly [workers: number, redis: number]> => {
      const spent = await Promise.all(workers.map(cpuOf))
      return [spent.reduce((sum, ms) => sum + ms, 0), redisCpuMs(await asking.info('cpu'))]
    }
    let ok = await run(warmUp)
    const before = await others()
    const spent = await timed(async () => (ok = (await run(operations)) && ok))
    const after = await others()
    const parts = { 'the run': spent.cpuMs, 'the workers': after[0] - before[0], Redis: after[1] - before[1] }
    const all = Object.values(parts).reduce((sum, ms) => sum + ms, 0)
    return { operations, ...spent, cpuMs: all, parts, problems: ok ? [] : ['not every operation succeeded'] }
  } finally {
    asking.disconnect()
    await performer.close()
    await Promise.all(workers.map(endWorker))
    await redis.close()
  }
}

async function succeeds(count: number, place: string, options: Parameters<typeof runBatch>[1]): Promise<boolean> {
  const last = await lastValueFrom(runBatch(doublePlan(count, place), options))
  return last.type === 'run-finished' && last.summary.ok
}

async function startWorker(order: WorkerOrder): Promise<ChildProcess> {
  const worker = fork(fileURLToPath(new URL('./workerProcess.js', import.meta.url)), [JSON.stringify(order)], { execArgv: [] })
  await once(worker, 'message')
  return worker
}

async function cpuOf(worker: ChildProcess): Promise<number> {
  const answer = once(worker, 'message')
  worker.send('spent')
  const [spent] = (await answer) as [number] // As the worker says it.
  return spent
}

async function endWorker(worker: ChildProcess): Promise<void> {
  const exit = once(worker, 'exit')
  worker.disconnect()
  await exit
}

function redisCpuMs(info: string): number {
  const seconds = [...info.matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)].map(([, text]) => Number(text))
  return seconds.reduce((sum, second) => sum + second, 0) * 1_000
}
