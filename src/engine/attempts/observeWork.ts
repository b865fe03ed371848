import type { Either } from 'fp-ts/lib/Either.js'
import { quoteText } from '../../model/fault/quote.js'
import { isMadeInCode } from '../../model/madeInCode.js'
import type { Subscribable } from '../../model/work.js'

/** Who hears what a body gives. Exactly one of the two is called, once. */
export interface WorkListener {
  gave(value: unknown): void
  threw(thrown: unknown): void
}

/** How to stop a body that can be stopped from outside; a promise can only be asked, by its signal. */
export type StopWork = () => void

/**
 * Hears the result of whatever a body gave back: a value, a promise, an observable, an async iterable or a `TaskEither`.
 *
 * A stopped observable has ended there and then; a stopped iterable once its `return()` has: both are heard as a throw.
 */
export function observeWork(work: unknown, listener: WorkListener): StopWork | undefined {
  if (typeof work === 'function') return observeFunction(work as () => unknown, listener)
  if (typeof work !== 'object' || work === null) {
    listener.gave(work)
    return undefined
  }
  if ('then' in work && typeof work.then === 'function') return observePromise(work as PromiseLike<unknown>, listener)
  if ('subscribe' in work && typeof work.subscribe === 'function') return observeObservable(work as Subscribable<unknown>, listener)
  if (Symbol.asyncIterator in work) return observeIterable(work as AsyncIterable<unknown>, listener)
  give(work, listener)
  return undefined
}

// An operation that is given back runs nowhere: it would be a value that nobody meant.
function give(value: unknown, listener: WorkListener): void {
  if (!isMadeInCode(value)) return listener.gave(value)
  const id = quoteText(value.id)
  listener.threw(new TypeError(`It returned the operation ${id}, which does not run it. Add it to the list, and let others need it.`))
}

function observePromise(work: PromiseLike<unknown>, listener: WorkListener): undefined {
  work.then(
    (value) => give(value, listener),
    (thrown: unknown) => listener.threw(thrown),
  )
}

/** A `TaskEither`, or any function without parameters that gives a promise. */
function observeFunction(given: () => unknown, listener: WorkListener): StopWork | undefined {
  const ended: WorkListener = {
    gave(value) {
      if (!isEither(value)) listener.gave(value)
      else if (value._tag === 'Right') listener.gave(value.right)
      else listener.threw(value.left)
    },
    threw: (thrown) => listener.threw(thrown),
  }
  const work = given()
  if (typeof work === 'function') throw new TypeError('The operation returned a function that returns a function.')
  return observeWork(work, ended)
}

function isEither(value: unknown): value is Either<unknown, unknown> {
  if (typeof value !== 'object' || value === null || !('_tag' in value)) return false
  return (value._tag === 'Left' && 'left' in value) || (value._tag === 'Right' && 'right' in value)
}

function observeObservable(source: Subscribable<unknown>, listener: WorkListener): StopWork {
  let last: unknown
  let ended = false
  let controller: AbortController | undefined
  const observer = {
    next: (value: unknown) => void (last = value),
    error(thrown: unknown) {
      ended = true
      listener.threw(thrown)
    },
    complete() {
      ended = true
      listener.gave(last)
    },
  }
  const subscription = source.subscribe(observer, {
    // Only the platform's Observable reads it: that one gives back no subscription.
    get signal() {
      return (controller ??= new AbortController()).signal
    },
  })
  return () => {
    try {
      subscription?.unsubscribe()
      controller?.abort()
    } catch (thrown) {
      // A teardown of the caller's threw: it has ended all the same.
      return listener.threw(thrown)
    }
    if (!ended) listener.threw(new Error('The observable was unsubscribed.'))
  }
}

function observeIterable(source: AsyncIterable<unknown>, listener: WorkListener): StopWork {
  const iterator = source[Symbol.asyncIterator]()
  const pull = async (): Promise<unknown> => {
    let last: unknown
    for (let step = await iterator.next(); step.done !== true; step = await iterator.next()) last = step.value
    return last
  }
  pull().then(
    (value) => listener.gave(value),
    (thrown: unknown) => listener.threw(thrown),
  )
  return () => {
    // Whatever it gives or throws: a promise is not certain, since the iterator is the caller's.
    new Promise((resolve) => resolve(iterator.return?.())).then(
      () => listener.threw(new Error('The iterable was returned.')),
      (thrown: unknown) => listener.threw(thrown),
    )
  }
}
