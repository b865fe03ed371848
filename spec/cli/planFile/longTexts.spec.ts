import { Readable } from 'node:stream'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readPlan } from '../../../src/cli/planFile/readPlan.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'

const test = suite('plans in long texts')

/** Longer than YAML may be: only JSON is read then. */
const long = 1_100_000
const fields = (count: number): string => Array.from({ length: count }, (_, place) => `"key${place}":1`).join(',')

async function faultsOf(text: string): Promise<readonly string[]> {
  const read = await readPlan('-', Readable.from([Buffer.from(text)]))
  return read._tag === 'Left' ? read.left.map(describeFault) : []
}

const firstLine = async (text: string): Promise<string> => (await faultsOf(text))[0]?.split('\n')[0] ?? 'none'

test('brackets without end are refused before they are parsed, at the place where they are too many', async () => {
  const levels = 'values are nested more than 64 levels deep here.'
  assert.is(await firstLine('['.repeat(long) + ']'.repeat(long)), `stdin:1:64: operations[0][0][0][0][0]…[0][0][0][0][0][0]: ${levels}`)
  assert.match(await firstLine(`{"operations":[${'{"a":'.repeat(long)}`), /^stdin:1:\d+: operations\[0\]\.a\.a\.a\..*levels deep here\.$/)
  assert.match(await firstLine(`{"x":"[[[[","operations":${'[ '.repeat(long)}`), /^stdin:1:\d+: operations\[0\].*levels deep here\.$/)
})

test('an object with more fields than one may have is refused at its place', async () => {
  const line = '100,001 fields are more than the 100,000 allowed in one object.'
  assert.is(await firstLine(`{"operations":[],\n"x-data":{${fields(100_001)}}}`), `stdin:2:10: x-data: ${line}`)
  assert.is(
    await firstLine(`[{"type":"file","operation":"write","params":{"content":{${fields(100_001)}}}}]`),
    `stdin:1:57: operations[0].params.content: ${line}`,
  )
  assert.is(await firstLine(`{"operations":[],"x-data":{${fields(100_000)}}}`), 'none')
})

test('more operations than a plan may have are counted, not read; any other list is no operations', async () => {
  const line = '400,000 operations are more than the 100,000 allowed in one plan.'
  assert.is(await firstLine(`[${'{},'.repeat(399_999)}{}]`), `stdin:1:1: operations: ${line}`)
  assert.is(await firstLine(`{ "operations": [${'{},'.repeat(399_999)}{}]}`), `stdin:1:17: operations: ${line}`)
  assert.is(await firstLine(`{ "x-list": [${'{},'.repeat(399_999)}{}], "operations": []}`), 'none')
})

test('a text of a million letters in broken JSON is told as that', async () => {
  const text = `[{"type":"file","operation":"write","params":{"path":"o","content":"${'x'.repeat(17_000_000)}"}},,]`
  assert.match(await firstLine(text), /^(stdin:1:\d+: )?the plan could not be read: (stdin: )?(Unexpected token|Expected)/i)
  assert.is(
    await firstLine(`{"a":"${'/'.repeat(long)}", // why\n"b":1}`),
    `stdin:1:${long + 10}: the plan could not be read: JSON has no comments.`,
  )
})

test('keys of YAML are compared with those before, not each with all: a hundred thousand are read', async () => {
  const keys = Array.from({ length: 75_000 }, (_, place) => `k${place}: 1`)
  assert.is(await firstLine(keys.join('\n')), 'none')
  assert.is(
    await firstLine([...keys, 'k7: 2'].join('\n')),
    'stdin:75001:1: the plan could not be read: this key appears twice in one object.',
  )
})

test('braces outside of quotes in a line with many blanks are found at once', async () => {
  assert.match(await firstLine(`a: {{${' '.repeat(500_000)}x`), /^stdin:1:\d+: the plan could not be read: /)
})

test.run()
