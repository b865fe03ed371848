import { NEVER } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch, type BatchEvent } from '../../../src/index.js'

const test = suite('the context of an attempt')

const notBehind = { append: () => undefined, flush: () => Promise.resolve(), holdsGates: false, stopsRun: false }

test('room is undefined while nobody is behind', () => {
  const given: unknown[] = []
  runBatch([operation('a', ({ room }) => void given.push(room()))]).subscribe()
  runBatch([operation('a', ({ room }) => void given.push(room()))], { journal: notBehind }).subscribe()
  assert.equal(given, [undefined, undefined])
})

test('room resolves when a loop that had 1,024 events unread has read half of them', async () => {
  let isBehind = (): PromiseLike<void> | undefined => undefined
  const flood = operation('flood', ({ output, room }) => {
    isBehind = room
    for (let line = 0; line < 2_000; line++) output('stdout', `${line}\n`)
    return NEVER
  })
  const events: AsyncIterableIterator<BatchEvent> = runBatch([flood]).iterate()
  await events.next()
  const waiting = isBehind()
  assert.ok(waiting instanceof Promise)
  let read = 1
  let readWhenResumed = 0
  const resumed = waiting.then(() => (readWhenResumed = read))
  for (; read < 1_800; read++) await events.next()
  await resumed
  assert.ok(readWhenResumed > 1_400 && readWhenResumed < 1_600, String(readWhenResumed))
  assert.is(isBehind(), undefined)
  await events.return?.()
})

test('leaving the loop lets those that wait for room go on', async () => {
  let wait: PromiseLike<void> | undefined
  const flood = operation('flood', ({ output, room }) => {
    for (let line = 0; line < 2_000; line++) output('stdout', `${line}\n`)
    wait = room()
    return NEVER
  })
  const events = runBatch([flood]).iterate()
  await events.next()
  assert.ok(wait !== undefined)
  await events.return?.()
  await wait
})

test('room is that of a journal that is behind', () => {
  const written = Promise.resolve()
  const given: unknown[] = []
  runBatch([operation('a', ({ room }) => void given.push(room()))], { journal: { ...notBehind, room: () => written } }).subscribe()
  assert.is(given[0], written)
})

test('redact and redactStream mask the secrets of the run, and nothing else', () => {
  const masked: string[] = []
  const a = operation('a', () => ({ password: 'correct horse battery' }))
  const b = operation(
    'b',
    ({ redact, redactStream }) => {
      masked.push(redact('it is correct horse battery.'), redact('it is not.'))
      const stream = redactStream()
      masked.push(stream.add('it is correct ho') + stream.add('rse battery.') + stream.end())
    },
    { dependencies: [a] },
  )
  runBatch([a, b]).subscribe()
  assert.equal(masked, ['it is [secret].', 'it is not.', 'it is [secret].'])
})

test.run()
