import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attempt, localRequest, withServer } from './httpAttempt.js'

const test = suite('aborts of http request')

test('an abort ends a request that waits for its answer', () =>
  withServer(
    () => undefined,
    async (origin) => {
      const controller = new AbortController()
      const end = attempt({ url: origin }, localRequest(), controller.signal)
      controller.abort(new Error('enough'))
      const ended = await end
      assert.is(ended._tag === 'Left' && ended.left.message, 'Error: enough')
    },
  ))

test('an abort ends a request that reads its answer', () =>
  withServer(
    (_request, response) => {
      response.write('half')
      setTimeout(() => controller.abort(new Error('enough')), 20)
    },
    async (origin) => {
      const ended = await attempt({ url: origin }, localRequest(), controller.signal)
      assert.is(ended._tag === 'Left' && ended.left.message, 'Error: enough')
    },
  ))
const controller = new AbortController()

test('a request that is aborted already is not sent', async () => {
  let requests = 0
  await withServer(
    (_request, response) => {
      requests += 1
      response.end()
    },
    async (origin) => {
      const ended = await attempt({ url: origin }, localRequest(), AbortSignal.abort(new Error('enough')))
      assert.is(ended._tag === 'Left' && ended.left.message, 'Error: enough')
    },
  )
  assert.is(requests, 0)
})

test.run()
