import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { onceDescriptorsAreFree, whenDescriptorsAreFree } from '../../../src/operations/file/confine/whenDescriptorsAreFree.js'

const test = suite('work that waits for file descriptors')

const open = new AbortController().signal
/** Longer than work waits where nothing goes on. */
const longMs = 3_500
const none = (): never => {
  throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
}
/** Finds no descriptor so many times, then takes its time. */
function work(failures: number, ms: number): () => Promise<string> {
  let tries = 0
  return async () => {
    if (++tries <= failures) none()
    await sleep(ms)
    return `done at try ${tries}`
  }
}

test('the line moves on after work that took long, and nobody in it is given up', async () => {
  const ends = await Promise.all([work(1, longMs), work(2, 0), work(2, 0)].map((one) => whenDescriptorsAreFree(open, one)))
  assert.equal(ends, ['done at try 2', 'done at try 3', 'done at try 3'])
})

test('it is waited for while others, who had theirs from the start, come to an end', async () => {
  let free = false
  const holders = [1, 2].map((times) => whenDescriptorsAreFree(open, work(0, (times * longMs) / 1.5)))
  const waiting = whenDescriptorsAreFree(open, async () => (free ? 'done' : none()))
  const call = onceDescriptorsAreFree(() => (free ? 'done' : none()))
  await Promise.all(holders)
  free = true
  assert.equal(await Promise.all([waiting, call]), ['done', 'done'])
})

test('where nobody comes to an end it is given up after a while', async () => {
  const codes = [whenDescriptorsAreFree(open, async () => none()), onceDescriptorsAreFree(none)].map((given) =>
    given.then(
      () => 'done',
      (error: unknown) => (error as { readonly code: string }).code,
    ),
  )
  assert.equal(await Promise.all(codes), ['EMFILE', 'EMFILE'])
})

test.run()
