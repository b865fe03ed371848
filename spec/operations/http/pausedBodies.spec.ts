import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { readerBehind, untilStill } from '../../support/readerBehind.js'
import { localRequest, withServer } from './httpAttempt.js'

const test = suite('http bodies while the reader of the run is behind')
const pieces = 64
const piece = Buffer.alloc(1024 * 1024, 'x')

/** A server that sends 64 MiB as fast as they are taken, counting the pieces that it could hand on. */
function sending(use: (origin: string, sent: () => number) => Promise<void>): Promise<void> {
  let sent = 0
  return withServer(
    (_, response) => {
      void (async () => {
        for (; sent < pieces && !response.destroyed; sent++)
          if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')])
        response.end()
      })()
    },
    (origin) => use(origin, () => sent),
  )
}

const request = (origin: string, context: ReturnType<typeof attemptContext>): Promise<unknown> => {
  const type = localRequest()
  const decoded = type.params.decode({ url: origin, maxBytes: 128 * 1024 * 1024 })
  if (decoded._tag === 'Left') throw new Error('These params fit.')
  const work = type.perform(decoded.right, context)
  return typeof work === 'function' ? (work() as Promise<unknown>) : Promise.reject(new Error('http request gives a TaskEither.'))
}

test('the rest is not read until it has caught up, and then all of it comes', () =>
  sending(async (origin, sent) => {
    const { room, goOn } = readerBehind()
    const end = request(origin, attemptContext({ room })) as Promise<{ readonly _tag: string; readonly right: { readonly body: string } }>
    const paused = await untilStill(sent)
    assert.ok(paused < pieces / 2, `${paused} of ${pieces} MiB were taken while nobody read`)
    goOn()
    const { _tag, right } = await end
    assert.equal([_tag, right.body.length, sent()], ['Right', pieces * piece.length, pieces])
  }))

test('one that is aborted meanwhile ends, and its connection is closed', () =>
  sending(async (origin, sent) => {
    const { room } = readerBehind()
    const stop = new AbortController()
    const end = request(origin, attemptContext({ room, signal: stop.signal })) as Promise<{ readonly _tag: string }>
    await untilStill(sent)
    stop.abort()
    assert.is((await end)._tag, 'Left')
  }))

test.run()
