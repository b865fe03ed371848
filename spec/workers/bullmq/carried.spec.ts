// @needs redis-server
// @limit 300
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { closed } from '../../../src/model/codec/closed.js'
import { anyJson, integer, text } from '../../../src/model/codec/values.js'
import { noEffects } from '../../../src/model/effects.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import type { AttemptContext } from '../../../src/model/work.js'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { ownRedis, type OwnRedis } from '../../support/redis.js'
import { startedWorker } from './startedWorker.js'

const test = suite('what an attempt carries to a worker')
const key = Buffer.alloc(32, 3).toString('base64')
let redis: OwnRedis

test.before(async () => {
  redis = await ownRedis()
})
test.after(() => redis.close())

const secret = 'abcdefgh-ijklmnop-qrstuvwx'
const Text = closed('params of say.it', { text: anyJson }, {})
const Cut = closed('params of say.beginning', { text: text(), length: integer() }, {})
const None = closed('no params', {}, {})
const operations = operationRegistry([
  {
    type: 'say',
    operation: 'it',
    summary: 'Gives its text.',
    params: Text,
    result: anyJson,
    effects: noEffects,
    perform: (params: typeof Text._A) => params.text,
  },
  {
    type: 'say',
    operation: 'beginning',
    summary: 'Gives out the beginning of its text, whole and in pieces, and fails with it.',
    params: Cut,
    result: anyJson,
    effects: noEffects,
    perform: (params: typeof Cut._A, { redact, redactStream, output }: AttemptContext) => {
      output('stdout', `${redact(params.text).slice(0, params.length)}\n`)
      const stream = redactStream()
      const told = Array.from(params.text, (letter) => stream.add(letter)).join('') + stream.end()
      throw new Error(`It began with ${told.slice(0, params.length)}`)
    },
  },
  {
    type: 'say',
    operation: 'found',
    summary: 'Gives the beginning of what it has found on its machine.',
    params: None,
    result: anyJson,
    effects: noEffects,
    perform: (_: typeof None._A, { redact }: AttemptContext) => redact(`found ${secret}`).slice(0, 11),
  },
  {
    type: 'say',
    operation: 'trace',
    summary: 'Gives the trace it is part of.',
    params: None,
    result: anyJson,
    effects: noEffects,
    perform: (_: typeof None._A, { trace }: AttemptContext) => trace ?? null,
  },
])

async function ran(plan: readonly object[]): Promise<readonly BatchEvent[]> {
  const worker = await startedWorker({ url: redis.url, key, operations })
  const performer = bullmqPerformer({ url: redis.url, key })
  const events = await lastValueFrom(runBatch(plan as never, { operations, performer }).pipe(toArray()))
  await performer.close()
  await worker.stop()
  return events
}

const place = 'any'

// Whatever the cut of `<< secret >>`, no piece of the secret may be left.
const ways: readonly (readonly [name: string, before: object, said: object])[] = [
  ['that an operation here was given', { text: { $secret: 'CARRIED_SPEC' } }, { $template: '<< {{before}} >>' }],
  ['under a secret name in a result', { text: { password: secret } }, { $template: '<< {{before.password}} >>' }],
  ['under another name in a result too', { text: { apiKey: secret, note: secret } }, { $template: '<< {{before.note}} >>' }],
]

for (const [name, given, said] of ways)
  test(`a secret ${name} is masked before a worker cuts it`, async () => {
    process.env['CARRIED_SPEC'] = secret
    const lengths = [4, 6, 12, 20, 28]
    const events = await ran([
      { id: 'before', type: 'say.it', params: given },
      ...lengths.map((length) => ({ id: `cut${length}`, type: 'say.beginning', place, params: { text: said, length } })),
    ])
    const shown = JSON.stringify(events)
    const ends = events.flatMap((event) => (event.type === 'operation-failed' ? [event.error.message] : []))
    assert.equal(
      ends.toSorted((a, b) => a.length - b.length),
      lengths.map((length) => `Error: It began with ${'<< [secret] >>'.slice(0, length)}`),
    )
    for (const piece of [secret.slice(0, 3), secret.slice(0, 8)]) assert.not.ok(shown.includes(piece), `${piece} in ${shown}`)
  })

test('a secret of the run that is nowhere in the params is masked too', async () => {
  process.env['CARRIED_SPEC'] = secret
  const events = await ran([
    { id: 'before', type: 'say.it', params: { text: { $secret: 'CARRIED_SPEC' } } },
    { id: 'after', type: 'say.found', place, dependencies: ['before'] },
  ])
  const shown = JSON.stringify(events)
  assert.ok(shown.includes('found [secr'), shown)
  assert.not.ok(shown.includes(secret.slice(0, 5)), shown)
})

test('a worker hands on the trace of the run', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const before = process.env['TRACEPARENT']
  process.env['TRACEPARENT'] = traceparent
  const events = await ran([{ id: 'a', type: 'say.trace', place }])
  if (before === undefined) delete process.env['TRACEPARENT']
  else process.env['TRACEPARENT'] = before
  const values = events.flatMap((event) => (event.type === 'operation-succeeded' ? [event.value] : []))
  assert.equal(values, [{ traceparent }])
})

test('what is too large to travel fails for that reason, and the rest goes on', async () => {
  const large = 'x'.repeat(1_048_577)
  const events = await ran([
    { id: 'there', type: 'say.it', place, params: { text: large } },
    { id: 'small', type: 'say.it', place, params: { text: 'small' } },
  ])
  const ends = events.flatMap((event) => {
    if (event.type === 'operation-failed') return [[event.id, event.error.type, event.attempts]]
    return event.type === 'operation-succeeded' ? [[event.id, event.value]] : []
  })
  assert.equal(
    new Map(ends.map(([id, ...end]) => [id, end])),
    new Map<unknown, unknown>([
      ['there', ['too-large', 1]],
      ['small', ['small']],
    ]),
  )
})

test.run()
