import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '../../../system/errorCode.js'

const patienceMs = 3_000
const longestPauseMs = 100

// Of this process, which has so many descriptors: those who found none try one after the other, since together they would
// each take some and wait for the rest.
let line: Promise<unknown> = Promise.resolve()

/** Does something that needs files open. When no more may be open, it waits and begins anew, for a bounded time. */
export async function whenDescriptorsAreFree<A>(signal: AbortSignal, work: () => Promise<A>): Promise<A> {
  return work().catch((thrown: unknown) => {
    if (!isOutOfDescriptors(thrown)) throw thrown
    const until = performance.now() + patienceMs
    const mine = line.then(() => again(signal, work, until))
    line = mine.catch(() => undefined) // Its error is for whoever asked for it.
    return mine
  })
}

async function again<A>(signal: AbortSignal, work: () => Promise<A>, until: number): Promise<A> {
  for (let pauseMs = 2; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    await sleep(pauseMs, undefined, { signal })
    try {
      return await work()
    } catch (error) {
      if (!isOutOfDescriptors(error) || performance.now() > until) throw error
    }
  }
}

/** The same for one call in the midst of a change, which cannot begin anew. */
export async function onceDescriptorsAreFree<A>(call: () => A): Promise<A> {
  const until = performance.now() + patienceMs
  for (let pauseMs = 2; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    try {
      return call()
    } catch (error) {
      if (!isOutOfDescriptors(error) || performance.now() > until) throw error
    }
    await sleep(pauseMs)
  }
}

export function isOutOfDescriptors(thrown: unknown): boolean {
  const code = errorCode(thrown)
  return code === 'EMFILE' || code === 'ENFILE'
}
