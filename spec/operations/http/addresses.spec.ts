import type { lookup, LookupAddress } from 'node:dns'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkedLookup } from '../../../src/operations/http/checkedLookup.js'
import { httpOperations, requestOperation } from '../../../src/operations/http/httpOperations.js'
import { isPublicAddress } from '../../../src/operations/http/publicAddress.js'
import { errorOf, resultOf, withServer } from './httpAttempt.js'

const test = suite('addresses of http request')

const rows: readonly (readonly [string, string, boolean])[] = [
  ['8.8.8.8', 'public', true],
  ['1.1.1.1', 'public', true],
  ['223.255.255.255', 'the last before multicast', true],
  ['0.0.0.0', 'this machine', false],
  ['0.1.2.3', 'this network', false],
  ['10.0.0.1', 'private', false],
  ['9.255.255.255', 'just before private', true],
  ['11.0.0.0', 'just after private', true],
  ['100.63.255.255', 'just before CGNAT', true],
  ['100.64.0.1', 'CGNAT', false],
  ['100.127.255.255', 'the last of CGNAT', false],
  ['100.128.0.0', 'just after CGNAT', true],
  ['127.0.0.1', 'loopback', false],
  ['127.255.255.254', 'loopback', false],
  ['169.254.169.254', 'link-local, cloud metadata', false],
  ['172.15.255.255', 'just before private', true],
  ['172.16.0.1', 'private', false],
  ['172.31.255.255', 'private', false],
  ['172.32.0.0', 'just after private', true],
  ['192.0.0.8', 'protocol assignments', false],
  ['192.0.2.1', 'documentation', false],
  ['192.88.99.1', '6to4 relay', false],
  ['192.168.1.1', 'private', false],
  ['192.169.0.1', 'just after private', true],
  ['198.18.0.1', 'benchmarks', false],
  ['198.19.255.255', 'benchmarks', false],
  ['198.51.100.7', 'documentation', false],
  ['203.0.113.7', 'documentation', false],
  ['224.0.0.1', 'multicast', false],
  ['239.255.255.255', 'multicast', false],
  ['240.0.0.1', 'reserved', false],
  ['255.255.255.255', 'broadcast', false],
  ['2606:4700:4700::1111', 'public', true],
  ['2a00:1450:4001:81b::200e', 'public', true],
  ['::', 'unspecified', false],
  ['::1', 'loopback', false],
  ['::127.0.0.1', 'IPv4-compatible', false],
  ['::ffff:127.0.0.1', 'IPv4-mapped', false],
  ['::ffff:8.8.8.8', 'IPv4-mapped', false],
  ['::ffff:0:8.8.8.8', 'IPv4-translated', false],
  ['64:ff9b::8.8.8.8', 'NAT64', false],
  ['64:ff9b:1::1', 'local NAT64', false],
  ['100::1', 'discard', false],
  ['2001::1', 'Teredo', false],
  ['2001:db8::1', 'documentation', false],
  ['2001:200::1', 'just after protocol assignments', true],
  ['2002:7f00:1::', '6to4 of 127.0.0.1', false],
  ['3fff::1', 'documentation', false],
  ['fc00::1', 'unique local', false],
  ['fd12:3456::1', 'unique local', false],
  ['fe80::1', 'link-local', false],
  ['fe80::1%eth0', 'link-local with its zone', false],
  ['2606:4700:4700::1111%eth0', 'public with a zone', true],
  ['fec0::1', 'site-local', false],
  ['ff02::1', 'multicast', false],
  ['4000::1', 'not global unicast', false],
  ['localhost', 'no address', false],
  ['', 'no address', false],
  ['1.2.3', 'no address', false],
]
for (const [address, what, isPublic] of rows)
  test(`${address === '' ? 'no text' : address} (${what}) is ${isPublic ? '' : 'not '}public`, () => {
    assert.is(isPublicAddress(address), isPublic)
  })

const literals = [
  ['http://127.0.0.1/', '127.0.0.1'],
  ['https://127.0.0.1:8443/x', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://0177.0.0.01/', '127.0.0.1'],
  ['http://127.1/', '127.0.0.1'],
  ['http://１２７.0.0.1/', '127.0.0.1'],
  ['http://127.0.0.1./', '127.0.0.1'],
  ['http://0/', '0.0.0.0'],
  ['http://[::1]/', '::1'],
  ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
  ['http://[0:0:0:0:0:ffff:7f00:0001]/', '::ffff:7f00:1'],
  ['http://[64:ff9b::7f00:1]/', '64:ff9b::7f00:1'],
  ['http://169.254.169.254/latest/meta-data', '169.254.169.254'],
] as const
for (const [url, address] of literals)
  test(`${url} is refused`, async () => {
    assert.equal(await errorOf({ url }, httpOperations()[0]), {
      type: 'not-allowed',
      message:
        `url: ${address} is an address of this machine or of a network that is not public.` +
        ' Request a public one, or allow such addresses: --allow-private-addresses, in code allowPrivateAddresses.',
      retryable: false,
      what: address,
    })
  })

test('localhost is refused', async () => {
  const error = await errorOf({ url: 'http://localhost:1/' }, httpOperations()[0])
  assert.is(error.type === 'not-allowed' && error.what, 'localhost')
  assert.match(
    error.message,
    /^url: localhost leads to (127\.0\.0\.1|::1), an address of this machine or of a network that is not public\. Request a public one, or allow such addresses: --allow-private-addresses, in code allowPrivateAddresses\.$/,
  )
})

/** A look-up that answers with the addresses of a list, one list a call. */
function answering(...answers: readonly (readonly string[])[]): typeof lookup {
  let calls = 0
  const double = (_host: string, _options: object, callback: (error: null, addresses: LookupAddress[]) => void): void => {
    const addresses = answers[Math.min(calls++, answers.length - 1)] ?? []
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  // Of the many forms of dns.lookup, the code under test uses this one.
  return double as typeof lookup
}

test('a name is refused when any of its addresses is', async () => {
  const type = requestOperation(isPublicAddress, Infinity, answering(['8.8.8.8', '10.0.0.7']))
  assert.is(
    (await errorOf({ url: 'http://inside.test/' }, type)).message,
    'url: inside.test leads to 10.0.0.7, an address of this machine or of a network that is not public.' +
      ' Request a public one, or allow such addresses: --allow-private-addresses, in code allowPrivateAddresses.',
  )
})

test('a connection goes to the address that was checked, not to what a second look-up would say', () =>
  withServer(
    (_request, response) => response.end('reached'),
    async (origin) => {
      const { port } = new URL(origin)
      const type = requestOperation((address) => address === '127.0.0.1', Infinity, answering(['127.0.0.1'], ['127.0.0.2']))
      assert.is((await resultOf({ url: `http://any.test:${port}/` }, type)).body, 'reached')
    },
  ))

test('each new connection is checked anew', () =>
  withServer(
    (_request, response) => response.setHeader('connection', 'close').end('reached'),
    async (origin) => {
      const { port } = new URL(origin)
      const type = requestOperation((address) => address === '127.0.0.1', Infinity, answering(['127.0.0.1'], ['127.0.0.2']))
      await resultOf({ url: `http://any.test:${port}/` }, type)
      const error = await errorOf({ url: `http://any.test:${port}/` }, type)
      assert.is(error.type === 'not-allowed' && error.what, 'any.test')
    },
  ))

test('a look-up for one address gives one', async () => {
  const found = await new Promise((resolve) =>
    checkedLookup(isPublicAddress, answering(['8.8.8.8', '1.1.1.1']))('x.test', {}, (...answer) => resolve(answer)),
  )
  assert.equal(found, [null, '8.8.8.8', 4])
})

for (const [code, what, retryable] of [
  ['ENOTFOUND', 'that does not exist is not retryable', false],
  ['EAI_AGAIN', 'that could not be looked up is retryable', true],
] as const)
  test(`a name ${what}`, async () => {
    const failing = (_host: string, _options: object, callback: (error: Error, addresses: LookupAddress[]) => void): void =>
      callback(Object.assign(new Error(`getaddrinfo ${code}`), { code, syscall: 'getaddrinfo' }), [])
    // Of the many forms of dns.lookup, the code under test uses this one.
    const error = await errorOf({ url: 'http://host.test/' }, requestOperation(isPublicAddress, Infinity, failing as typeof lookup))
    assert.equal([error.type, error.type === 'network' && error.code, error.retryable], ['network', code, retryable])
  })

test.run()
