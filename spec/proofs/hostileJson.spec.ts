import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { InvalidPlanError } from '../../src/engine/invalidPlanError.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import type { BatchEvent, EventOfType } from '../../src/model/event.js'
import { toNdjson } from '../../src/operators/toNdjson.js'
import { outcomes } from '../../src/operators/outcomes.js'
import { startBatch } from '../../src/operators/startBatch.js'
import { inFolder, millrace, parsed } from '../cli/command/millrace.js'
import { doubleOperations } from '../support/doubleOperations.js'
import { lastValueFrom, toArray } from 'rxjs'

const test = suite('hostile JSON')

const names = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  '__defineGetter__',
  'then',
  'toJSON',
] as const

/** What every object would have if something had been written to where all of them look. */
const prototypeNow = (): string =>
  JSON.stringify([Object.prototype, Array.prototype, Function.prototype].map((each) => Reflect.ownKeys(each).map(String)))
const prototypeBefore = prototypeNow()
test.after.each(() => assert.is(prototypeNow(), prototypeBefore, 'a prototype was written to'))

const fromJson = (text: string): unknown => JSON.parse(text)

async function ranWell(plan: unknown): Promise<readonly BatchEvent[]> {
  const events = await lastValueFrom(runBatch(plan, { operations: doubleOperations }).pipe(toArray()))
  const last = events.at(-1)
  assert.is(last?.type, 'run-finished')
  return events
}

for (const name of names) {
  test(`"${name}" is an id like any other: it is run, referred to, waited for and told`, async () => {
    const plan = fromJson(`{"operations":[
      {"id":"${name}","type":"test","operation":"echo","params":{"value":{"deep":{"${name}":"found"}}}},
      {"id":"refers","type":"test","operation":"echo","params":{"value":{"$ref":["${name}","deep","${name}"]}}},
      {"id":"writes","type":"test","operation":"echo","params":{"value":{"$template":"{{${name}.deep.${name}}}!"}}},
      {"id":"waits","type":"test","operation":"echo","dependencies":["${name}"],"params":{"value":1}}],
      "returns":["${name}"]}`)
    const events = await ranWell(plan)
    const succeeded = events.filter((event): event is EventOfType<'operation-succeeded'> => event.type === 'operation-succeeded')
    const values = new Map(succeeded.map(({ id, value }) => [id, value]))
    assert.equal([values.get('refers'), values.get('writes'), values.get('waits')], ['found', 'found!', 1])
    assert.is(JSON.stringify(values.get(name)), `{"deep":{"${name}":"found"}}`)
  })

  test(`"${name}" is a key of a value like any other, all the way through`, async () => {
    const value = fromJson(`{"${name}":{"${name}":[1,{"${name}":null}]}}`)
    const plan = [
      { id: 'a', type: 'test', operation: 'echo', params: { value } },
      { id: 'b', type: 'test', operation: 'echo', params: { value: { $ref: 'a' } } },
      // A secret makes events be copied.
      { id: 'c', type: 'test', operation: 'echo', params: { value: { given: { $ref: 'b' }, password: 'much too secret' } } },
    ]
    const lines = await lastValueFrom(runBatch(plan, { operations: doubleOperations }).pipe(toNdjson(), toArray()))
    const told = parsed(lines.join('')).filter(({ type }) => type === 'operation-succeeded')
    assert.equal(
      told.map((event) => JSON.stringify(event['value'])),
      [JSON.stringify(value), JSON.stringify(value), `{"given":${JSON.stringify(value)},"password":"[secret]"}`],
    )
  })

  test(`"${name}" is a pool like any other`, async () => {
    const plan = fromJson(`{"pools":{"${name}":1},"operations":[
      {"type":"test","operation":"echo","pool":"${name}"},{"type":"test","operation":"echo","pool":"${name}"}]}`)
    const events = await ranWell(plan)
    assert.is(events.filter(({ type }) => type === 'operation-succeeded').length, 2)
  })

  test(`"${name}" as a pool, a field, a type, a dependency or a leaf that there is not, is a located fault`, () => {
    const plan =
      fromJson(`{"${name}":1,"operations":[{"type":"${name}","operation":"${name}","${name}":{},"pool":"${name}","dependencies":["${name}"]},
      {"type":"file","operation":"read","params":{"path":"x","${name}":1}},
      {"type":"file","operation":"write","params":{"path":{"$ref":"op2.${name}"},"content":{"$ref":"${name}"}}}]}`)
    const compiled = compilePlan(plan, doubleOperations)
    const faults = compiled._tag === 'Left' ? compiled.left.map(({ type, at }) => `${type} ${at.join('/')}`) : []
    for (const fault of [
      `unknown-field ${name}`,
      `unknown-field operations/0/${name}`,
      'unknown-operation-type operations/0',
      'unknown-pool operations/0/pool',
      'unknown-id operations/0/dependencies/0',
      `unknown-field operations/1/params/${name}`,
      'unknown-leaf operations/2/params/path/$ref',
      'unknown-id operations/2/params/content/$ref',
    ])
      assert.ok(
        faults.some((each) => each.startsWith(fault)),
        `${fault} is not among ${faults.join(', ')}`,
      )
  })

  test(`"${name}" comes through a shared run and its snapshots`, async () => {
    const run = startBatch(fromJson(`[{"id":"${name}","type":"test","operation":"echo","params":{"value":{"${name}":1}}}]`), {
      operations: doubleOperations,
    })
    const ends = await lastValueFrom(run.events$.pipe(outcomes(), toArray()))
    assert.is(ends.length, 1)
    const snapshot = await lastValueFrom(run.snapshot$)
    assert.match(JSON.stringify(snapshot), `"${name}"`)
  })
}

/** A value nested this deep, as text: `JSON.parse` needs no stack for it. */
const nested = (open: string, close: string, levels: number): string => open.repeat(levels) + '1' + close.repeat(levels)

const bombs: readonly (readonly [string, string])[] = [
  ['100,000 arrays in one another', nested('[', ']', 100_000)],
  ['100,000 objects in one another', nested('{"a":', '}', 100_000)],
  ['5,000 references in one another', nested('{"$ref":', '}', 5_000)],
  ['5,000 literals in one another', nested('{"$literal":', '}', 5_000)],
]
for (const [what, text] of bombs)
  for (const where of ['params', 'fallback', 'operations', 'whole'] as const)
    test(`${what}, as ${where}, are a located fault and no end of the process`, () => {
      const operation = (params: string, rest = ''): string =>
        `{"operations":[{"type":"test","operation":"echo","params":{"value":${params}}${rest}}]}`
      const plan = {
        params: operation(text),
        fallback: operation('1', `,"fallback":${text}`),
        operations: `{"operations":${text}}`,
        whole: text,
      }[where]
      const value = fromJson(plan)
      const compiled = compilePlan(value, doubleOperations)
      assert.is(compiled._tag, 'Left')
      let heard: unknown
      runBatch(value, { operations: doubleOperations }).subscribe({ error: (error: unknown) => (heard = error) })
      assert.instance(heard, InvalidPlanError)
      assert.ok((heard as InvalidPlanError).message.length < 10_000)
    })

test('a text of 20 million characters is only data', async () => {
  const value = 'x'.repeat(20_000_000)
  const events = await ranWell([{ type: 'test', operation: 'echo', params: { value } }])
  const end = events.find(({ type }) => type === 'operation-succeeded')
  assert.ok(end?.type === 'operation-succeeded' && end.value === value)
})

test('a text of 20 million characters where it does not belong is one short fault', () => {
  const long = 'x'.repeat(20_000_000)
  const started = performance.now()
  const compiled = compilePlan(
    { name: long, [long]: 1, operations: [{ id: long, type: long, operation: long, pool: long, dependencies: [long] }] },
    doubleOperations,
  )
  const faults = compiled._tag === 'Left' ? compiled.left : []
  assert.ok(faults.length >= 5)
  assert.ok(new InvalidPlanError(faults).message.length < 10_000)
  assert.ok(performance.now() - started < 60_000)
})

test('of a key that stands twice the last one counts, as JSON has it, and nothing else is lost', async () => {
  const plan = fromJson(
    '{"operations":[],"operations":[{"id":"x","id":"a","type":"test","operation":"echo","params":{"value":1,"value":2}}]}',
  )
  const events = await ranWell(plan)
  const end = events.find(({ type }) => type === 'operation-succeeded')
  assert.equal(end?.type === 'operation-succeeded' && [end.id, end.value], ['a', 2])
})

test('the command line takes them for data too', () =>
  inFolder(
    {
      'names.json': `{"operations":[${names.map((name) => `{"id":"${name}","type":"file","operation":"write","params":{"path":"${name}","content":"x"}}`).join()}]}`,
      'names.yaml': `operations:\n${names.map((name) => `  - { id: ${name}, type: file, operation: write, params: { path: y-${name}, content: x } }\n`).join('')}`,
      'fields.json': `{"operations":[{"type":"file","operation":"write","params":{"path":"a","content":"x","__proto__":{"polluted":1}}}],"__proto__":{"polluted":1}}`,
      'deep.json': `{"operations":[{"type":"file","operation":"write","params":{"path":"a","content":${nested('[', ']', 100_000)}}}]}`,
      'deep.yaml': `operations: ${nested('[', ']', 20_000)}`,
    },
    async (folder) => {
      for (const file of ['names.json', 'names.yaml']) {
        const { code, stdout, stderr } = await millrace(['run', file, '--json', '--quiet'], { cwd: folder })
        assert.is(code, 0, stderr)
        const { operations } = JSON.parse(stdout) as { readonly operations: readonly { readonly id: string; readonly outcome: string }[] }
        assert.equal(
          operations.map(({ id, outcome }) => [id, outcome]),
          names.map((name) => [name, 'succeeded']),
        )
      }
      for (const file of ['fields.json', 'deep.json', 'deep.yaml']) {
        const { code, stdout, stderr } = await millrace(['run', file], { cwd: folder })
        assert.is(code, 2, `${file}: ${stderr}`)
        assert.is(stdout, '')
        assert.match(stderr, file)
        assert.not.match(stderr, /at .*\.js:\d+|RangeError/)
        assert.ok(stderr.length < 5_000, stderr.slice(0, 500))
      }
    },
  ))

test.run()
