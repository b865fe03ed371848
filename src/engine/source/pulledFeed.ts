import { operationErrorOf } from '../../model/operationError.js'
import type { Feed } from './batch.js'
import type { OperationSource } from './source.js'
import type { SourceListener } from './streamBatch.js'

/**
 * Pulls operations one by one, each only when it is asked for.
 *
 * Letting the source go does not wait for it: a generator that is stuck in an `await` is told to return and left behind.
 */
export function pulledFeed(source: OperationSource, { wanted, came, wake, failed }: SourceListener): Feed {
  const controller = new AbortController()
  let iterator: AnyIterator | undefined
  let done = false
  let pending = false

  const fail = (thrown: unknown): void => {
    done = true
    failed(operationErrorOf(thrown))
    wake()
  }
  const take = (step: IteratorResult<unknown>): boolean => {
    if (step.done === true) done = true
    else came(step.value)
    return !done
  }
  const arrive = (step: IteratorResult<unknown>): void => {
    pending = false
    if (done) return
    take(step)
    wake()
  }

  return {
    isDone: () => done,
    open: () => undefined,
    pull() {
      if (done || pending || !wanted()) return false
      try {
        iterator ??= iteratorOf(source, controller.signal)
        const step = iterator.next()
        if (!isPromise(step)) return take(step)
        pending = true
        step.then(arrive, (thrown: unknown) => {
          pending = false
          if (!done) fail(thrown)
        })
      } catch (thrown) {
        fail(thrown)
      }
      return false
    },
    stop() {
      if (done) return
      done = true
      controller.abort()
      if (iterator !== undefined) leave(iterator)
    },
  }
}

type AnyIterator = Iterator<unknown> | AsyncIterator<unknown>

function iteratorOf(source: OperationSource, signal: AbortSignal): AnyIterator {
  const iterable = typeof source === 'function' ? source(signal) : source
  return Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]()
}

function isPromise(step: IteratorResult<unknown> | PromiseLike<IteratorResult<unknown>>): step is PromiseLike<IteratorResult<unknown>> {
  return 'then' in step
}

/** Tells a source that nobody reads on. What it still does, and whether that fails, is no concern of the run that has left it. */
function leave(iterator: AnyIterator): void {
  const heedless = (): void => undefined
  new Promise((resolve) => resolve(iterator.return?.())).then(heedless, heedless)
}
