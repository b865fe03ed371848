import type * as performing from '../../workers/bullmq/driver/bullmqPerformer.js'
import type * as working from '../../workers/bullmq/worker/bullmqWorker.js'

type QueueModules = Pick<typeof performing, 'bullmqPerformer'> & Pick<typeof working, 'bullmqWorker'>

/** What speaks to the queue: it loads only where there is one. */
export async function queueModules(): Promise<QueueModules> {
  const [{ bullmqPerformer }, { bullmqWorker }] = await Promise.all([
    import('../../workers/bullmq/driver/bullmqPerformer.js'),
    import('../../workers/bullmq/worker/bullmqWorker.js'),
  ])
  return { bullmqPerformer, bullmqWorker }
}

/** How long Redis may take to answer at the start, in ms. */
const answerMs = 10_000

/** Why there is no queue at this URL, or no key for it; undefined when there is. */
export async function queueFault(url: string): Promise<string | undefined> {
  if (!/^rediss?:\/\/[^/]/.test(url))
    return `${JSON.stringify(url)} is not the address of a Redis. Write redis://HOST or redis://HOST:PORT.`
  const { describeKeyFault, queueKeyVariable, readQueueKey } = await import('../../workers/bullmq/wire/queueKey.js')
  const key = readQueueKey(process.env[queueKeyVariable])
  if (key._tag === 'Left') return describeKeyFault(key.left).replaceAll('\n', ' ')
  const installed = await queueModules().then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_MODULE_NOT_FOUND') return false
      throw error
    },
  )
  if (!installed) return 'Workers need two more packages. Install them: npm install bullmq ioredis'
  const { urlWithoutPassword, unreachable } = await import('../../workers/bullmq/wire/connection.js')
  const reason = await unreachable(url, answerMs)
  return reason === undefined ? undefined : `${urlWithoutPassword(url)} cannot be used: ${reason}. Start a Redis there, or name another.`
}
