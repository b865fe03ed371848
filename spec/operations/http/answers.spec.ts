import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bodyValue } from '../../../src/operations/http/bodyValue.js'
import { retryAfterMs } from '../../../src/operations/http/statusError.js'

const test = suite('answers of http request')

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47])
const rows: readonly (readonly [string, Buffer, unknown])[] = [
  ['application/json', Buffer.from('{"a":1}'), { a: 1 }],
  ['Application/JSON; charset=utf-8', Buffer.from('[1]'), [1]],
  ['application/problem+json', Buffer.from('{"title":"x"}'), { title: 'x' }],
  ['application/json', Buffer.from('\ufeff1'), 1],
  ['application/json', Buffer.alloc(0), null],
  ['text/html', Buffer.from('<p>é</p>'), '<p>é</p>'],
  ['text/plain; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
  ['text/plain; charset="iso-8859-2"', Buffer.from([0xb1]), 'ą'],
  ['text/plain; charset=unheard-of', Buffer.from('é'), 'é'],
  ['image/svg+xml', Buffer.from('<svg/>'), '<svg/>'],
  ['application/x-ndjson', Buffer.from('{}\n{}\n'), '{}\n{}\n'],
  ['application/vnd.x; charset=utf-8', Buffer.from('x'), 'x'],
  ['image/png', png, 'iVBORw=='],
  ['application/octet-stream', Buffer.from('text'), 'dGV4dA=='],
  ['', Buffer.from('é'), 'é'],
  ['', png, 'iVBORw=='],
]
for (const [type, bytes, value] of rows)
  test(`${type === '' ? 'no content-type' : type} with ${JSON.stringify(bytes.toString('latin1'))} gives ${JSON.stringify(value)}`, () => {
    assert.equal(
      bodyValue(bytes, type, 'auto', 'GET x', (text) => text),
      value,
    )
  })

test('a __proto__ in an answer is only a key', () => {
  const value = bodyValue(Buffer.from('{"__proto__": {"a": 1}}'), 'application/json', 'auto', 'GET x', (text) => text)
  assert.equal(Object.keys(value as object), ['__proto__'])
})

const now = Date.parse('2030-01-01T00:00:00Z')
const waits: readonly (readonly [string | undefined, string | undefined, number | undefined])[] = [
  [undefined, undefined, undefined],
  ['0', undefined, 0],
  ['120', undefined, 120_000],
  ['Tue, 01 Jan 2030 00:01:00 GMT', undefined, 60_000],
  ['Tue, 01 Jan 2030 00:01:00 GMT', 'Tue, 01 Jan 2030 00:00:30 GMT', 30_000],
  ['Tue, 01 Jan 2030 00:01:00 GMT', 'no date', 60_000],
  ['Mon, 31 Dec 2029 00:00:00 GMT', undefined, 0],
  ['soon', undefined, undefined],
  ['-5x', undefined, undefined],
]
for (const [retryAfter, date, wait] of waits)
  test(`retry-after: ${retryAfter ?? 'none'}${date === undefined ? '' : `, date: ${date}`} is ${wait ?? 'no wait'}`, () => {
    assert.is(retryAfterMs(retryAfter, date, now), wait)
  })

test.run()
