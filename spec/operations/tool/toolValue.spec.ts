import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { valueOfResult } from '../../../src/operations/tool/toolValue.js'

const test = suite('the value of a tool')

const text = (of: string) => ({ type: 'text' as const, text: of })
const image = { type: 'image' as const, data: 'AAAA', mimeType: 'image/png' }

const rows: readonly (readonly [what: string, result: Parameters<typeof valueOfResult>[0], value: unknown])[] = [
  ['structured content, whatever else is there', { content: [text('{"b":2}'), image], structuredContent: { a: 1 } }, { a: 1 }],
  ['the JSON object in a text', { content: [text(' {"a":[1]}\n')] }, { a: [1] }],
  ['the JSON list in a text', { content: [text('[1,2]')] }, [1, 2]],
  ['a text that only begins like JSON', { content: [text('[draft] a note')] }, '[draft] a note'],
  ['a number, which may be a name', { content: [text('007')] }, '007'],
  ['texts, a line each', { content: [text('a'), text('b')] }, 'a\nb'],
  ['the list of its content where there is more than text', { content: [text('a'), image] }, [text('a'), image]],
  ['nothing', { content: [] }, null],
]

for (const [what, result, value] of rows) test(what, () => assert.equal(valueOfResult(result), value))

test.run()
