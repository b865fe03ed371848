import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('heldOperations')
const hold = (id: string, params: object = {}): object => ({ id, type: 'test', operation: 'hold', params })

test('runs until the test ends it', () => {
  const held = heldOperations()
  const told: string[] = []
  runBatch([hold('a'), hold('b')], { operations: held.operations }).subscribe((event) => told.push(event.type))
  assert.equal(held.running(), ['a', 'b'])
  held.fail('b', { message: 'no', retryable: false })
  held.succeed('a', 1)
  assert.equal(told.slice(-4), ['attempt-failed', 'operation-failed', 'operation-succeeded', 'run-finished'])
  assert.equal(held.started(), ['a', 'b'])
})

test('knows the params of the last attempt', () => {
  const held = heldOperations()
  runBatch([hold('a', { note: 5 })], { operations: held.operations }).subscribe()
  assert.equal(held.paramsOf('a'), { note: 5 })
})

test('says which attempts are running when another is ended', () => {
  const held = heldOperations()
  runBatch([hold('a')], { operations: held.operations }).subscribe()
  assert.throws(
    () => held.succeed('b'),
    (error: Error) => error.message === 'No attempt of "b" is running. Running: a.',
  )
})

test('an attempt that ignores its abort goes on', () => {
  const held = heldOperations()
  const run = runBatch([hold('a', { ignoresAbort: true }), hold('b')], { operations: held.operations }).subscribe()
  run.unsubscribe()
  assert.equal(held.running(), ['a'])
})

test.run()
