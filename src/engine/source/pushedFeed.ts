import type { Observable, Subscription } from 'rxjs'
import { operationErrorOf, type OperationError } from '../../model/operationError.js'
import { Fifo } from '../stream/fifo.js'
import type { Feed } from './batch.js'
import type { SourceListener } from './streamBatch.js'

/**
 * Takes operations as they are pushed, and buffers those that no slot is free for. What comes when the buffer is full is refused:
 * a pushing source cannot be slowed down.
 */
export function pushedFeed(source: Observable<unknown>, limit: number, { wanted, came, refused, wake, failed }: SourceListener): Feed {
  const buffer = new Fifo<unknown>()
  let ended = false
  let subscription: Subscription | undefined

  const full = (): OperationError => ({
    type: 'buffer-full',
    message: `The buffer is full: ${limit} operations wait for a slot. Push more slowly, raise "buffer", or let the run pull from a generator.`,
    retryable: true,
    limit,
  })

  return {
    isDone: () => ended && buffer.size === 0,
    open() {
      subscription = source.subscribe({
        next(written) {
          if (ended) return
          if (buffer.size >= limit) refused(written, full())
          else buffer.push(written)
          wake()
        },
        error(thrown: unknown) {
          ended = true
          failed(operationErrorOf(thrown))
          wake()
        },
        complete() {
          ended = true
          wake()
        },
      })
      if (ended) subscription.unsubscribe()
    },
    pull() {
      if (buffer.size === 0 || !wanted()) return false
      came(buffer.take())
      return true
    },
    stop() {
      ended = true
      buffer.clear()
      subscription?.unsubscribe()
    },
  }
}
