import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defineOperation, operation, runBatch, type BatchEvent } from '../../src/index.js'
import { anyJson, closed, text } from '../../src/codec.js'

const test = suite('what a run tells for those who read its log')

const all = (events: ReturnType<typeof runBatch>): Promise<readonly BatchEvent[]> => lastValueFrom(events.pipe(toArray()))
/** An operation that is given a secret, and gives what `perform` makes of it. */
const secretive = (perform: (token: string) => unknown) =>
  defineOperation({
    type: 'spec',
    operation: 'secretive',
    summary: 'Is given a secret.',
    params: closed('params of spec.secretive', { token: text() }, {}),
    result: anyJson,
    perform: ({ token }) => perform(token),
  })
const ends = (events: readonly BatchEvent[]): object =>
  Object.fromEntries(events.flatMap((event) => (event.type === 'operation-succeeded' ? [[event.id, event.masked]] : [])))

test('says of a value that it contains a hidden secret, and of no other', async () => {
  const secret = secretive((token) => ({ got: token }))('secret', { token: 'canary-4f7a93' })
  const plain = operation('plain', () => 'nothing')
  const events = await all(runBatch([secret, plain, operation('passed', { secret }, ({ secret }) => [secret])]))
  assert.equal(ends(events), { secret: true, plain: undefined, passed: true })
})

test('says so of a fallback too', async () => {
  const fails = secretive(() => Promise.reject(new Error('no')))
  const events = await all(runBatch([fails('a', { token: 'canary-4f7a93' }, { fallback: 'canary-4f7a93' })]))
  assert.equal(ends(events), { a: true })
})

test('tells the process of an attempt, and nothing after its end', async () => {
  let late: (() => void) | undefined
  const a = operation('a', ({ process }) => {
    process(41)
    process(42, 'boot 7')
    late = () => process(43)
  })
  const events = await all(runBatch([a], { runId: 'r' }))
  late?.()
  assert.equal(
    events.flatMap((event) => (event.type === 'process-started' ? [[event.id, event.attempt, event.pid, event.startedAt]] : [])),
    [['a', 1, 41, undefined], ['a', 1, 42, 'boot 7']],
  ) // prettier-ignore
})

test('gives each attempt the id of its run', async () => {
  const a = operation('a', ({ runId, id }) => `${runId}/${id}`)
  const events = await all(runBatch([a], { runId: 'r' }))
  assert.is(events.find(({ type }) => type === 'operation-succeeded')?.runId, 'r')
  assert.ok(events.some((event) => event.type === 'operation-succeeded' && event.value === 'r/a'))
})

test.run()
