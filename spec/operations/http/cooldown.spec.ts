import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { httpOperations } from '../../../src/operations/http/httpOperations.js'
import { withServer } from './httpAttempt.js'

const test = suite('a server that asks to wait')
const operations = operationRegistry(httpOperations({ allowPrivateAddresses: true }))

for (const pool of [undefined, 'api'])
  test(`every request is answered in the end, with few refusals: ${pool === undefined ? 'by its origin' : 'by a pool of the plan'}`, () => {
    let second = 0
    let inSecond = 0
    let refusals = 0
    let whileClosed = 0
    let closedUntil = 0
    return withServer(
      (_request, response) => {
        const now = Date.now()
        if (now < closedUntil - 50) whileClosed += 1
        if (Math.floor(now / 1000) !== second) [second, inSecond] = [Math.floor(now / 1000), 0]
        inSecond += 1
        if (inSecond <= 8) {
          response.end('fine')
          return
        }
        refusals += 1
        closedUntil = now + 1000
        response.writeHead(429, { 'retry-after': '1' }).end()
      },
      async (origin) => {
        const plan = {
          concurrency: 20,
          pools: { api: 20 },
          operations: Array.from({ length: 24 }, (_, n) => ({
            type: 'http',
            operation: 'request',
            params: { url: `${origin}/${n}` },
            ...(pool !== undefined && { pool }),
          })),
        }
        const events = await lastValueFrom(runBatch(plan, { operations }).pipe(toArray()))
        const last = events.at(-1)
        assert.is(last?.type === 'run-finished' && last.summary.counts.succeeded, 24)
        const closed = events.filter((event) => event.type === 'pool-closed')
        assert.ok(closed.length >= 1)
        assert.equal([...new Set(closed.map((event) => event.pool))], [pool ?? origin])
        // Those on their way when the first is refused, and a few while it opens.
        assert.ok(refusals <= 40, `${refusals} refusals`)
        assert.ok(whileClosed <= 30, `${whileClosed} requests while it was told to wait`)
        for (const event of events) if (event.type === 'operation-succeeded') assert.is(event.attempts, 1)
      },
    )
  })

test('503 with a date closes its own origin alone, and the refused request loses no attempt', () => {
  let asked = 0
  return withServer(
    (_request, response) => {
      asked += 1
      if (asked > 1) response.end('fine')
      else response.writeHead(503, { 'retry-after': new Date(Date.now() + 4_000).toUTCString() }).end('later')
    },
    (busy) =>
      withServer(
        (_request, response) => response.end('fine'),
        async (idle) => {
          const request = (id: string, url: string, dependencies: readonly string[] = []) => ({
            id,
            type: 'http',
            operation: 'request',
            params: { url },
            dependencies,
          })
          const plan = { operations: [request('busy', busy), request('first', idle), request('second', idle, ['first'])] }
          const events = await lastValueFrom(runBatch(plan, { operations }).pipe(toArray()))
          const ended = events.flatMap((event) => (event.type === 'operation-succeeded' ? [`${event.id} ${event.attempts}`] : []))
          assert.equal(new Set(ended), new Set(['busy 1', 'first 1', 'second 1']))
          assert.equal(
            events.flatMap((event) => (event.type === 'pool-closed' ? [event.pool] : [])),
            [busy],
          )
          assert.is(asked, 2)
        },
      ),
  )
})

test.run()
