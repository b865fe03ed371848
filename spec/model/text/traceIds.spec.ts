import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { traceContextOf } from '../../../src/model/text/traceIds.js'

const test = suite('traceContextOf')

const rest = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const traceparent = `00-${rest}`

test('takes what W3C Trace Context calls valid, and writes a later version as the one it knows', () => {
  for (const text of [traceparent, ` ${traceparent} `, `01-${rest}`, `cc-${rest}-what-comes-later`])
    assert.equal(traceContextOf(text, undefined), { traceparent }, text)
})

test('takes nothing else', () => {
  const zeros = (part: string): string => '0'.repeat(part.length)
  const [traceId = '', spanId = ''] = rest.split('-')
  for (const none of [
    undefined,
    null,
    7,
    {},
    [traceparent],
    '',
    rest,
    `ff-${rest}`,
    `0-${rest}`,
    `00-${zeros(traceId)}-${spanId}-01`,
    `00-${traceId}-${zeros(spanId)}-01`,
    `${traceparent}-`,
    `${traceparent}-more`,
    `${traceparent}0`,
    `01-${rest}\u0000`,
    traceparent.toUpperCase(),
    traceparent.slice(0, -1),
    `${traceparent}\r\nx: y`,
  ])
    assert.is(traceContextOf(none, 'vendor=1'), undefined, JSON.stringify(none))
})

test('a state that is none is left out, and the trace stays', () => {
  for (const tracestate of ['vendor=1', 'a=1,b@c=2', 'x'.repeat(512)])
    assert.equal(traceContextOf(traceparent, tracestate), { traceparent, tracestate })
  for (const none of [undefined, null, 7, '', ' ', 'a=1\r\nx: y', 'a=\u0000', 'ä=1', 'x'.repeat(513)])
    assert.equal(traceContextOf(traceparent, none), { traceparent }, JSON.stringify(none))
})

test.run()
