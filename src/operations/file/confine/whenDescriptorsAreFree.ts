import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '../../../system/errorCode.js'

const patienceMs = 3_000
const longestPauseMs = 100

// Of this process, which has so many descriptors: those who found none try one after the other, since together they would
// each take some and wait for the rest.
let line: Promise<unknown> = Promise.resolve()

// When somebody was last done with those it had: while that goes on, the others are waited for, however slow the disk is.
let doneAt = -Infinity

/** Does something that needs files open. When no more may be open, it waits and begins anew, until nobody has been done for a while. */
export async function whenDescriptorsAreFree<A>(signal: AbortSignal, work: () => Promise<A>): Promise<A> {
  return toItsEnd(work).catch((thrown: unknown) => {
    if (!isOutOfDescriptors(thrown)) throw thrown
    const since = performance.now()
    const mine = line.then(() => again(signal, work, since))
    line = mine.catch(() => undefined) // Its error is for whoever asked for it.
    return mine
  })
}

async function toItsEnd<A>(work: () => Promise<A>): Promise<A> {
  const value = await work()
  doneAt = performance.now()
  return value
}

async function again<A>(signal: AbortSignal, work: () => Promise<A>, since: number): Promise<A> {
  for (let pauseMs = 2; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    await sleep(pauseMs, undefined, { signal })
    try {
      return await toItsEnd(work)
    } catch (error) {
      if (!isOutOfDescriptors(error) || isTooLong(since)) throw error
    }
  }
}

/** The same for one call in the midst of a change, which cannot begin anew. */
export async function onceDescriptorsAreFree<A>(call: () => A): Promise<A> {
  const since = performance.now()
  for (let pauseMs = 2; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return call()
    } catch (error) {
      if (!isOutOfDescriptors(error) || isTooLong(since)) throw error
    }
    await sleep(pauseMs)
  }
}

const isTooLong = (since: number): boolean => performance.now() > Math.max(since, doneAt) + patienceMs

export function isOutOfDescriptors(thrown: unknown): boolean {
  const code = errorCode(thrown)
  return code === 'EMFILE' || code === 'ENFILE'
}
