import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorOf, withServer } from './httpAttempt.js'

const test = suite('http requests that are refused')

const urls: readonly (readonly [string, string])[] = [
  ['data.json', 'url: "data.json" is not a URL. Write it whole, such as "https://example.com/data.json".'],
  ['//example.com', 'url: "//example.com" is not a URL. Write it whole, such as "https://example.com/data.json".'],
  ['http://[fe80::1%25eth0]/', 'url: "http://[fe80::1%25eth0]/" is not a URL. Write it whole, such as "https://example.com/data.json".'],
  ['file:///etc/passwd', 'url: file:///etc/passwd cannot be requested: only http: and https: URLs can.'],
  ['ftp://example.com/x', 'url: ftp://example.com/x cannot be requested: only http: and https: URLs can.'],
  [
    'http://me:secret@example.com/',
    'url: the URL has a user name or a password, which would be visible. Send them in the authorization header, from a $secret.',
  ],
]
for (const [url, message] of urls)
  test(`${url} is refused`, async () => {
    assert.equal(await errorOf({ url }), { type: 'invalid-params', message, retryable: false, at: ['url'] })
  })

test('a header that cannot be sent is refused', () =>
  withServer(
    (_request, response) => response.end(),
    async (origin) => {
      const rows = [
        [{ 'x\ny': '1' }, 'invalid header key'],
        [{ x: '1\r\nhost: evil' }, 'invalid x header'],
        [{ 'Transfer-Encoding': 'chunked' }, 'invalid transfer-encoding header'],
        [{ expect: '100-continue' }, 'expect header not supported'],
      ] as const
      for (const [headers, reason] of rows) {
        const error = await errorOf({ url: origin, headers })
        assert.equal(error.type === 'invalid-params' && error.at, ['headers'])
        assert.is(
          error.message,
          `headers: cannot be sent: ${reason}. Names are tokens such as "accept", values are single lines of Latin text.`,
        )
      }
    },
  ))

test.run()
