import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nextHop, type Hop } from '../../../src/operations/http/hop.js'
import { requestOperation } from '../../../src/operations/http/httpOperations.js'
import { echo, echoOf, errorOf, localRequest, resultOf, withServer, type Echoed } from './httpAttempt.js'

const test = suite('redirects of http request')

test('are followed to the end, which is the URL of the result', () =>
  withServer(
    (request, response) => {
      const n = Number(request.url?.slice(1))
      if (n < 3) response.writeHead(302, { location: `${n + 1}#there` }).end('moved')
      else response.end(`at ${n}`)
    },
    async (origin) => {
      const { url, body, status } = await resultOf({ url: `${origin}/1` })
      assert.equal({ url, body, status }, { url: `${origin}/3`, body: 'at 3', status: 200 })
    },
  ))

const rows: readonly (readonly [number, Hop['method'], Hop['method']])[] = [
  [301, 'GET', 'GET'],
  [301, 'HEAD', 'HEAD'],
  [301, 'POST', 'GET'],
  [301, 'PUT', 'PUT'],
  [302, 'POST', 'GET'],
  [302, 'DELETE', 'DELETE'],
  [303, 'GET', 'GET'],
  [303, 'HEAD', 'HEAD'],
  [303, 'POST', 'GET'],
  [303, 'PUT', 'GET'],
  [307, 'POST', 'POST'],
  [307, 'GET', 'GET'],
  [308, 'PUT', 'PUT'],
]
const never = (): boolean => false
const hop = (method: Hop['method']): Hop => ({
  url: new URL('https://a.test/x'),
  method,
  headers: new Map([
    ['content-type', 'text/plain'],
    ['accept', 'text/plain'],
  ]),
  body: 'hi',
})
for (const [status, method, then] of rows)
  test(`${status} after ${method} asks by ${then}, ${method === then ? 'with' : 'without'} the body`, () => {
    const next = nextHop(hop(method), status, '/y', never)
    assert.is(next?.url.href, 'https://a.test/y')
    assert.is(next?.method, then)
    assert.is(next?.body, method === then ? 'hi' : undefined)
    assert.equal([...(next?.headers.keys() ?? [])], method === then ? ['content-type', 'accept'] : ['accept'])
  })

for (const status of [200, 300, 304, 404])
  test(`${status} is no redirect`, () => {
    assert.is(nextHop(hop('GET'), status, '/y', never), undefined)
  })

test('a status that redirects without saying where is only a status', () =>
  withServer(
    (_request, response) => response.writeHead(302).end(),
    async (origin) => assert.is((await errorOf({ url: origin })).message, `GET ${origin}/ answered 302 Found, not 2xx.`),
  ))

test('send a POST again with its body on 307', () =>
  withServer(
    (request, response) => {
      if (request.url === '/new') echo(request, response)
      else response.writeHead(307, { location: '/new' }).end()
    },
    async (origin) => {
      const { method, body } = await echoOf({ url: origin, body: { n: 1 } })
      assert.equal({ method, body }, { method: 'POST', body: '{"n":1}' })
    },
  ))

const secrets = {
  authorization: 'Bearer x',
  cookie: 'a=1',
  'proxy-authorization': 'y',
  'X-Api-Key': 'k',
  x_auth_token: 't',
  password: 'p',
  host: 'a.test',
  'x-kept': 'z',
}

test('to another origin leave out what tells who one is', () =>
  withServer(echo, (other) =>
    withServer(
      (_request, response) => response.writeHead(302, { location: `${other}/there` }).end(),
      async (origin) => {
        const { headers } = await echoOf({ url: origin, headers: secrets })
        assert.is(headers['host'], new URL(other).host)
        assert.is(headers['x-kept'], 'z')
        assert.equal(
          Object.keys(secrets).filter((name) => headers[name.toLowerCase()] !== undefined),
          ['host', 'x-kept'],
        )
      },
    ),
  ))

test('within an origin keep them', () =>
  withServer(
    (request, response) => {
      if (request.url === '/there') echo(request, response)
      else response.writeHead(302, { location: '/there' }).end()
    },
    async (origin) => {
      const { headers } = await echoOf({ url: origin, headers: secrets })
      for (const [name, value] of Object.entries(secrets)) assert.is(headers[name.toLowerCase()], value, name)
    },
  ))

test('back to the first origin do not bring them back', () => {
  let first = ''
  return withServer(
    (_request, response) => response.writeHead(302, { location: `${first}/back` }).end(),
    (other) =>
      withServer(
        (request, response) => {
          if (request.url === '/back') echo(request, response)
          else response.writeHead(302, { location: other }).end()
        },
        async (origin) => {
          first = origin
          const body = (await resultOf({ url: origin, headers: secrets })).body as Echoed
          assert.is(body.headers['authorization'], undefined)
        },
      ),
  )
})

test('beyond the limit are a failure that says where they lead', () =>
  withServer(
    (_request, response) => response.writeHead(302, { location: '/round?key=1' }).end(),
    async (origin) => {
      const said = (redirects: string): string =>
        `answered 302 Found, not 2xx. It redirects to ${origin}/round, beyond the limit of ${redirects}.`
      assert.is((await errorOf({ url: origin })).message, `GET ${origin}/round ${said('5 redirects')}`)
      assert.is((await errorOf({ url: origin, redirects: 1 })).message, `GET ${origin}/round ${said('1 redirect')}`)
      assert.is((await errorOf({ url: origin, redirects: 0 })).message, `GET ${origin}/ ${said('0 redirects')}`)
    },
  ))

test('are not followed when their status is the one expected', () =>
  withServer(
    (_request, response) => response.writeHead(301, { location: '/new' }).end(),
    async (origin) => {
      const { status, headers } = await resultOf({ url: origin, expectStatus: 301 })
      assert.equal({ status, location: headers['location'] }, { status: 301, location: '/new' })
    },
  ))

test('to an address that is not allowed are refused', () =>
  withServer(
    (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    async (origin) => {
      const type = requestOperation((address) => address === '127.0.0.1', Infinity)
      assert.equal(await errorOf({ url: `${origin}/start` }, type), {
        type: 'not-allowed',
        message:
          `The redirect from ${origin}/start: 169.254.169.254 is an address of this machine or of a network that is not public.` +
          ' Request a public one, or allow such addresses: --allow-private-addresses, in code allowPrivateAddresses.',
        retryable: false,
        what: '169.254.169.254',
      })
    },
  ))

for (const [location, message] of [
  ['file:///etc/passwd', 'file:///etc/passwd cannot be requested: only http: and https: URLs can.'],
  [
    'http://me:secret@x.test/',
    'the URL has a user name or a password, which would be visible. Send them in the authorization header, from a $secret.',
  ],
] as const)
  test(`to ${location} are refused`, () =>
    withServer(
      (_request, response) => response.writeHead(302, { location }).end(),
      async (origin) => {
        const error = await errorOf({ url: origin }, localRequest())
        assert.is(error.type, 'not-allowed')
        assert.is(error.message, `The redirect from ${origin}/: ${message}`)
      },
    ))

test.run()
