import { firstValueFrom, lastValueFrom, of, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import { toNdjson } from '../../src/operators/toNdjson.js'

const test = suite('toNdjson')

const lineOf = (value: unknown): Promise<string> => lastValueFrom(of(value).pipe(toNdjson()))

test('writes each event of a run as one line', async () => {
  const lines = await firstValueFrom(runBatch([operation('a', () => 'two\nlines')]).pipe(toNdjson(), toArray()))
  assert.ok(lines.every((line) => line.indexOf('\n') === line.length - 1))
  const types = lines.map((line) => (JSON.parse(line) as { readonly type: string }).type) // Written by this very run.
  assert.equal(types, ['run-started', 'operation-ready', 'attempt-started', 'operation-succeeded', 'run-finished'])
})

class Tap {
  readonly water = 1
  toJSON(): never {
    throw new RangeError('no water')
  }
}

const loop: Record<string, unknown> = { a: 1 }
loop['self'] = { loop }
const twice = { b: 1 }
const deep = Array.from({ length: 100_000 }).reduce<object>((inner) => ({ inner }), {})
const getter = Object.defineProperty({ a: 1 }, 'b', {
  enumerable: true,
  get: () => {
    throw new RangeError('no water')
  },
})

const rows: readonly (readonly [title: string, value: unknown, line: string])[] = [
  ['nothing', undefined, 'null'],
  ['a bigint as its digits', { a: 12n }, '{"a":"12"}'],
  [
    'an error as its name, message and own fields',
    Object.assign(new RangeError('no water'), { code: 7 }),
    '{"name":"RangeError","message":"no water","code":7}',
  ],
  ['an object within itself', loop, '{"a":1,"self":{"loop":"[circular]"}}'],
  [
    'an object twice, which is no circle',
    { loop, x: twice, y: twice },
    '{"loop":{"a":1,"self":{"loop":"[circular]"}},"x":{"b":1},"y":{"b":1}}',
  ],
  ['a date beside a circle', { loop, at: new Date(0) }, '{"loop":{"a":1,"self":{"loop":"[circular]"}},"at":"1970-01-01T00:00:00.000Z"}'],
  [
    'a bigint and an error beside a circle',
    [loop, 1n, new Error('e')],
    '[{"a":1,"self":{"loop":"[circular]"}},"1",{"name":"Error","message":"e"}]',
  ],
  ['a getter that throws', getter, '"[not readable: no water]"'],
  ['a toJSON that throws', { a: new Tap(), b: 1 }, '{"a":"[not readable: no water]","b":1}'],
  [
    'an own toJSON that throws',
    {
      toJSON: () => {
        throw new RangeError('no water')
      },
    },
    '"[not readable: no water]"',
  ],
  ['the key __proto__ as a key', JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
]

for (const [title, value, line] of rows) {
  test(`writes ${title}`, async () => {
    assert.is(await lineOf(value), `${line}\n`)
  })
}

test('cuts what is nested too deep for any reader', async () => {
  const line = await lineOf(deep)
  assert.match(line, /^(\{"inner":){500}"\[too deep\]"\}{500}\n$/)
})

test.run()
