import type { RequestListener } from 'node:http'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { httpOperations } from '../../../src/operations/http/httpOperations.js'
import { withServer, type Echoed } from './httpAttempt.js'

const test = suite('secrets and redirects of http request')
const secret = 'canary/4f7a93b1+8c20'

test.before(() => {
  process.env['MILLRACE_SPEC_SECRET'] = secret
})
test.after(() => {
  delete process.env['MILLRACE_SPEC_SECRET']
})

type End = Extract<BatchEvent, { readonly type: 'operation-succeeded' | 'operation-failed' }>

async function endOf(params: Readonly<Record<string, unknown>>): Promise<End> {
  const plan = [{ id: 'h', type: 'http', operation: 'request', params }]
  const operations = operationRegistry(httpOperations({ allowPrivateAddresses: true }))
  const events = await lastValueFrom(runBatch(plan, { operations }).pipe(toArray()))
  return events.find((event): event is End => event.type === 'operation-succeeded' || event.type === 'operation-failed')!
}

const given = { $secret: 'MILLRACE_SPEC_SECRET' }

/** Runs `check` with a server that redirects to `/there`, of its own origin or another, and what came there. */
function redirected(status: number, elsewhere: boolean, check: (origin: string, came: readonly Echoed[]) => Promise<void>): Promise<void> {
  const came: Echoed[] = []
  const take: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      came.push({ method, url, headers: headers as Echoed['headers'], body: Buffer.concat(chunks).toString() })
      response.end()
    })
  }
  return withServer(take, (other) =>
    withServer(
      (request, response) => {
        if (request.url === '/there') return take(request, response)
        response.writeHead(status, { location: elsewhere ? `${other}/there` : '/there' }).end()
      },
      (origin) => check(origin, came),
    ),
  )
}

for (const name of ['x-plain', 'accept-language', 'x-api-key'])
  test(`a header that holds one is not sent to another origin, whatever its name: ${name}`, () =>
    redirected(302, true, async (origin, came) => {
      assert.is((await endOf({ url: origin, headers: { 'x-kept': 'z', [name]: given } })).type, 'operation-succeeded')
      assert.is(came.length, 1)
      assert.not.ok(JSON.stringify(came).includes('canary'))
      assert.is(came[0]?.headers['x-kept'], 'z')
    }))

test('within one origin the header is sent again', () =>
  redirected(302, false, async (origin, came) => {
    await endOf({ url: origin, headers: { 'x-plain': given } })
    assert.is(came[0]?.headers['x-plain'], secret)
  }))

for (const [status, body] of [
  [307, given],
  [308, { deep: [{ note: given }] }],
  [307, { text: 'text', token: given }],
] as const)
  test(`a body that holds one is refused on ${status} to another origin: ${JSON.stringify(body)}`, () =>
    redirected(status, true, async (origin, came) => {
      const end = await endOf({ url: origin, method: 'POST', body })
      assert.is(end.type, 'operation-failed')
      const { error } = end as Extract<End, { type: 'operation-failed' }>
      assert.is(error.type, 'redirect-refused')
      assert.is(error.retryable, false)
      assert.match(
        error.message,
        /^POST http:\/\/127\.0\.0\.1:\d+\/: it redirects to http:\/\/127\.0\.0\.1:\d+\/there, and the body holds a secret,/,
      )
      assert.equal(came, [])
    }))

test('a body that holds one is dropped, not refused, where the redirect asks by GET', () =>
  redirected(303, true, async (origin, came) => {
    assert.is((await endOf({ url: origin, method: 'POST', body: { note: given } })).type, 'operation-succeeded')
    assert.equal([came[0]?.method, came[0]?.body], ['GET', ''])
  }))

test('a body that holds none goes on', () =>
  redirected(307, true, async (origin, came) => {
    assert.is((await endOf({ url: origin, method: 'POST', body: { n: 1 }, headers: { 'x-plain': given } })).type, 'operation-succeeded')
    assert.equal([came[0]?.body, came[0]?.headers['x-plain']], ['{"n":1}', undefined])
  }))

test('what a refusal says is masked before it is cut', () =>
  withServer(
    (_request, response) => response.writeHead(400, { 'content-type': 'text/plain' }).end(`${'x'.repeat(490)}${secret} and more`),
    async (origin) => {
      const end = await endOf({ url: origin, headers: { 'x-plain': given } })
      const { error } = end as Extract<End, { type: 'operation-failed' }>
      assert.not.match(error.message, 'canary')
      assert.match(error.message, /x{490}…$/)
    },
  ))

test.run()
