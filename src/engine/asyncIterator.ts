import type { Observable } from 'rxjs'
import { Fifo } from './stream/fifo.js'
import type { Backpressure } from './backpressure.js'

/** Events that may be unread before the source is held back, and how many of them must be read before it goes on. */
const mostUnread = 1_024
const resumeAt = mostUnread / 2

/** The same for the characters of output in them: a piece of what a program writes may have 65,536. */
const mostText = 4 * 1024 * 1024
const resumeAtText = mostText / 2

type Wait<A> = { readonly resolve: (result: IteratorResult<A, undefined>) => void; readonly reject: (error: unknown) => void }

/**
 * Turns an Observable into an async iterator that holds its source back while too much is unread.
 *
 * Subscribes at the first `next()`; `return()` unsubscribes, also while a `next()` is waiting.
 */
export function asyncIterator<A>(source: Observable<A>, backpressure: Backpressure): AsyncIterableIterator<A> {
  const done: IteratorResult<A, undefined> = { done: true, value: undefined }
  const waits: Wait<A>[] = []
  const unread = new Fifo<A>()
  let unreadText = 0
  let finished = false
  let failure: { readonly error: unknown } | undefined
  let stop: (() => void) | undefined

  const begin = (): void => {
    const subscription = source.subscribe({
      next(value) {
        const wait = waits.shift()
        if (wait !== undefined) return wait.resolve({ done: false, value })
        unread.push(value)
        unreadText += textLength(value)
        if (unread.size >= mostUnread || unreadText >= mostText) backpressure.hold()
      },
      error(error: unknown) {
        finished = true
        const wait = waits.shift()
        if (wait === undefined) failure = { error }
        else wait.reject(error)
        settle()
      },
      complete() {
        finished = true
        settle()
      },
    })
    stop = () => subscription.unsubscribe()
  }

  const settle = (): void => {
    for (const wait of waits.splice(0)) wait.resolve(done)
  }

  const takeUnread = (): IteratorResult<A, undefined> => {
    const value = unread.take() as A // It is asked only when there is one.
    unreadText -= textLength(value)
    if (unread.size <= resumeAt && unreadText <= resumeAtText) backpressure.release()
    return { done: false, value }
  }

  return {
    next() {
      if (stop === undefined && !finished) begin()
      if (unread.size > 0) return Promise.resolve(takeUnread())
      if (failure !== undefined) {
        const { error } = failure
        failure = undefined
        return Promise.reject(error as Error)
      }
      if (finished) return Promise.resolve(done)
      return new Promise((resolve, reject) => waits.push({ resolve, reject }))
    },
    return() {
      finished = true
      unread.clear()
      stop?.()
      backpressure.release()
      settle()
      return Promise.resolve(done)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** The text of an event of output, or a text that an operator made of events. */
function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'operation-output') return 0
  return 'text' in value && typeof value.text === 'string' ? value.text.length : 0
}
