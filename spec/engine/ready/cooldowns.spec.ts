import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationError } from '../../../src/model/operationError.js'
import { marbleBatch } from '../../../src/testing/marbleBatch.js'

const test = suite('cooldown of pools')

const refusal = (retryAfterMs: number, status = 429): OperationError => ({
  type: 'http-status',
  status,
  message: 'wait',
  retryable: true,
  retryAfterMs,
})
const of = (...ids: readonly string[]) => ids.map((id) => ({ id, pool: 'api' }))
const pools = { api: { limit: 20 } }
const linesOf = (story: readonly string[], ...words: readonly string[]): readonly string[] =>
  story.filter((line) => words.some((word) => line.includes(word)))

test('a refusal costs no attempt: the same attempt starts again when the server said, without any retry asked for', () => {
  const { story, events } = marbleBatch({ pools, operations: of('a') }, { a: '-#' }, { error: refusal(10) })
  assert.equal(linesOf(story, 'started a').slice(0, 2), ['0 started a#1', '11 started a#1'])
  assert.equal(linesOf(story, 'attempt-failed').slice(0, 1), ['1 attempt-failed a#1, again in 10'])
  const failed = events.find((event) => event.type === 'operation-failed')
  assert.is(failed?.attempts, 1, 'ten refusals, and then one attempt that counts')
  assert.is(linesOf(story, 'started a').length, 11)
})

test('others of the pool do not start while it is closed; it opens one at a time, then two, then four', () => {
  const ids = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  const { story } = marbleBatch(
    { concurrency: 1, pools, operations: [...of('a', ...ids)].map((each, place) => (place === 0 ? { ...each, fallback: 1 } : each)) },
    { a: '#', ...Object.fromEntries(ids.map((id) => [id, '--|'])) },
    { error: refusal(50) },
  )
  assert.ok(story.includes('0 pool-closed api until 50'))
  const early = story.filter((line) => /^\d+ started [b-i]/.test(line) && Number(line.split(' ')[0]) < 50)
  assert.equal(early, [])
})

test('it opens slowly: one, then two more with each that is not refused', () => {
  const ids = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  const operations = [{ id: 'a', pool: 'api' }, ...ids.map((id) => ({ id, pool: 'api', dependencies: ['z'] })), { id: 'z' }]
  const { story } = marbleBatch(
    { concurrency: 20, pools, operations },
    // a is refused at 1 until 21; z lets the others be ready at 5.
    { a: ['-#'], z: '-----|', ...Object.fromEntries(ids.map((id) => [id, '---|'])) },
    { error: refusal(20) },
  )
  const startsAt = (time: number): number => story.filter((line) => line.startsWith(`${time} started`)).length
  assert.is(story.filter((line) => /^(\d|1\d|20) started [b-i]/.test(line)).length, 0, 'none while it is closed')
  assert.is(startsAt(21), 1, 'one at first')
})

test('what asks for nothing of that pool goes on', () => {
  const { story } = marbleBatch(
    { pools, operations: [...of('a'), { id: 'x', dependencies: ['y'] }, { id: 'y' }] },
    { a: '-#', y: '---|' },
    { error: refusal(50) },
  )
  assert.ok(story.includes('3 succeeded x'))
})

for (const [title, error] of [
  ['another status', refusal(10, 500)],
  ['no Retry-After', { type: 'http-status', status: 429, message: 'no', retryable: true } as const],
  ['a wait of more than ten minutes', refusal(601_000)],
] as const)
  test(`${title} is a failure like any other`, () => {
    const { story } = marbleBatch({ pools, operations: of('a') }, { a: '-#' }, { error })
    assert.equal(story.slice(-3), ['1 attempt-failed a#1', '1 failed a', '1 run-finished'])
  })

test('a stop ends those that wait for the pool', () => {
  const { story } = marbleBatch(
    { pools, timeoutMs: 10, concurrency: 1, operations: of('a', 'b', 'c') },
    { a: '-#' },
    { error: refusal(50) },
  )
  assert.equal(
    linesOf(story, 'cancelled').map((line) => line.split(' ').slice(0, 3).join(' ').replace(':', '')),
    ['10 cancelled b', '10 cancelled c', '10 cancelled a'],
  )
  assert.ok(story.at(-1)?.endsWith('run-finished'))
})

test.run()
