import { VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { summaryOf, watch } from './watch.js'

const test = suite('failure and stop')

test('tries a retryable failure again, holding no slot while it waits', () => {
  const scheduler = new VirtualTimeScheduler()
  const run = watch([{ id: 'a', retry: { attempts: 2, delayMs: 1 } }, { id: 'b' }], { concurrency: 1 }, { seed: 1, scheduler })
  run.held.fail('a')
  assert.equal(run.held.running(), ['b'])
  run.held.succeed('b')
  scheduler.flush()
  assert.equal(run.held.running(), ['a'])
  run.held.succeed('a')
  assert.equal(run.story().slice(3, 6), ['started a#1', 'attempt-failed a#1 again', 'started b#1'])
  assert.equal(run.story().slice(-3), ['started a#2', 'succeeded a', 'run-finished'])
  assert.is(summaryOf(run).retries, 1)
})

test('does not try again what cannot get better', () => {
  const run = watch([{ id: 'a', retry: { attempts: 5 } }])
  run.held.fail('a', { retryable: false })
  assert.equal(run.story().slice(-3), ['attempt-failed a#1', 'failed a', 'run-finished'])
})

test('takes the fallback in the place of the last failure', () => {
  const run = watch([
    { id: 'a', fallback: 'spare' },
    { id: 'b', params: { note: { $ref: 'a' } }, dependencies: ['a'] },
  ])
  run.held.fail('a')
  assert.equal(run.held.paramsOf('b'), { note: 'spare' })
  run.held.succeed('b')
  const recovered = run.events.find((event) => event.type === 'operation-succeeded')
  assert.is(recovered?.recoveredFrom?.message, 'a failed')
  assert.is(summaryOf(run).ok, true)
})

test('aborts an attempt that takes too long', () => {
  const scheduler = new VirtualTimeScheduler()
  const run = watch([{ id: 'a', timeoutMs: 5 }], {}, { scheduler })
  scheduler.flush()
  assert.equal(run.story().slice(-3), ['attempt-failed a#1', 'failed a', 'run-finished'])
  assert.is(summaryOf(run).rootCauses[0]?.error.type, 'timeout')
})

test('keeps the slot of a body that ignores its abort, and reports it as detached', () => {
  const scheduler = new VirtualTimeScheduler()
  const operations = [{ id: 'a', timeoutMs: 5, params: { ignoresAbort: true } }, { id: 'b' }]
  const run = watch(operations, { concurrency: 1 }, { graceMs: 10, scheduler })
  scheduler.flush()
  const failed = run.events.find((event) => event.type === 'operation-failed')
  assert.is(failed?.detached, true)
  assert.equal(run.held.running(), ['a'], 'b has no slot yet')
  run.held.succeed('a')
  assert.equal(run.held.running(), ['b'])
  run.held.succeed('b')
  assert.equal(summaryOf(run).detached, ['a'])
})

test('ends without a detached body', () => {
  const scheduler = new VirtualTimeScheduler()
  const run = watch([{ id: 'a', timeoutMs: 5, params: { ignoresAbort: true } }], {}, { graceMs: 10, scheduler })
  scheduler.flush()
  assert.is(run.story().at(-1), 'run-finished')
  assert.equal(run.held.running(), ['a'])
})

test('no-new: lets running ones end, skips the rest, and still cleans up', () => {
  const operations = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'clean', dependencies: ['a'], when: 'settled' }]
  const run = watch(operations, { concurrency: 2, onFailure: 'no-new' })
  run.held.fail('a')
  assert.equal(run.held.running(), ['b', 'clean'])
  run.held.succeed('b')
  run.held.succeed('clean')
  assert.ok(run.story().includes('skipped c policy a'))
  assert.equal(summaryOf(run).stoppedBy, { type: 'no-new', because: ['a'] })
})

test('cancel: aborts running ones as well, but not the clean-up', () => {
  const operations = [{ id: 'a' }, { id: 'b' }, { id: 'c', dependencies: ['b'] }, { id: 'clean', when: 'settled' }]
  const run = watch(operations, { onFailure: 'cancel' })
  run.held.fail('a')
  assert.equal(run.held.running(), ['clean'])
  assert.ok(run.story().includes('cancelled b policy'))
  assert.ok(run.story().includes('skipped c dependency b'))
  run.held.succeed('clean')
  assert.is(run.story().at(-1), 'run-finished')
})

test('a signal aborts the running ones and cancels the rest; then what cleans up runs', () => {
  const controller = new AbortController()
  const run = watch(
    [{ id: 'a' }, { id: 'b' }, { id: 'c', when: 'settled', dependencies: ['a'] }],
    { concurrency: 1 },
    { signal: controller.signal },
  )
  controller.abort(new Error('enough'))
  assert.equal(run.story().slice(-4), ['cancelled b signal', 'cancelled a signal', 'ready c', 'started c#1'])
  run.held.succeed('c')
  assert.equal(run.story().slice(-2), ['succeeded c', 'run-finished'])
  assert.equal(summaryOf(run).stoppedBy, { type: 'signal', message: 'enough' })
})

test('with cleanupMs 0 a signal cancels what would clean up, too', () => {
  const controller = new AbortController()
  const operations = [{ id: 'a' }, { id: 'c', when: 'settled', dependencies: ['a'] }]
  const run = watch(operations, {}, { signal: controller.signal, cleanupMs: 0 })
  controller.abort(new Error('enough'))
  assert.equal(run.story().slice(-3), ['cancelled a signal', 'cancelled c signal', 'run-finished'])
})

test('a signal that was aborted before the run starts no clean-up', () => {
  const run = watch([{ id: 'a' }, { id: 'c', when: 'settled', dependencies: ['a'] }], {}, { signal: AbortSignal.abort('no') })
  assert.equal(run.story().slice(-3), ['cancelled a signal', 'cancelled c signal', 'run-finished'])
})

test('a signal that was aborted before starts nothing', () => {
  const run = watch([{ id: 'a' }], {}, { signal: AbortSignal.abort('no') })
  assert.equal(run.story(), ['run-started', 'cancelled a signal', 'run-finished'])
})

test('stops at the time limit of the plan', () => {
  const scheduler = new VirtualTimeScheduler()
  const run = watch([{ id: 'a' }], { timeoutMs: 5 }, { scheduler })
  scheduler.flush()
  assert.equal(summaryOf(run).stoppedBy, { type: 'run-timeout', timeoutMs: 5 })
})

test.run()
