import { inspect } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { describeFault } from '../../src/model/fault/describeFault.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { OperationRegistry, OperationType } from '../../src/model/operationType.js'
import { secretFieldNames } from '../../src/model/secrets/secretFields.js'
import type { AttemptContext } from '../../src/model/work.js'
import { standardOperations } from '../../src/operations/standard.js'
import { toNdjson } from '../../src/operators/toNdjson.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import { tempTree } from '../support/tempTree.js'
import { canary, core, encodings, shows } from './canary.js'

const test = suite('secrets')
process.env['MILLRACE_SPEC_CANARY'] = canary

const secret = { $secret: 'MILLRACE_SPEC_CANARY' }

type Body = (note: unknown, context: AttemptContext) => unknown

function registry(perform: Body): OperationRegistry {
  const hold: OperationType = heldOperations().operations.get('test.hold')!
  // As the params of test.hold are.
  const body: OperationType['perform'] = (params, context) => perform((params as { readonly note: unknown }).note, context)
  return new Map([['test.hold', { ...hold, perform: body }]])
}

interface Told {
  readonly events: readonly BatchEvent[]
  /** Everything that was told, in every form it leaves a run in. */
  readonly text: string
}

async function told(operations: readonly object[], perform: Body, settings: object = {}): Promise<Told> {
  const plan: unknown = { ...settings, operations: operations.map((each) => ({ type: 'test', operation: 'hold', ...each })) }
  const events: BatchEvent[] = []
  const lines: string[] = []
  await new Promise<void>((resolve, reject) =>
    runBatch(plan, { operations: registry(perform) }).subscribe({ next: (event) => events.push(event), error: reject, complete: resolve }),
  )
  await new Promise<void>((resolve, reject) =>
    runBatch(plan, { operations: registry(perform) })
      .pipe(toNdjson())
      .subscribe({ next: (line) => lines.push(line), error: reject, complete: resolve }),
  )
  return { events, text: [...lines, inspect(events, { depth: 20, maxStringLength: null, maxArrayLength: null })].join('\n') }
}

const given = { id: 'a', params: { note: { key: secret } } }
const textOf = (note: unknown): string => (note as { readonly key: string }).key

test('the search finds the canary in each encoding, wherever it stands', () => {
  for (const { name, text } of encodings) for (const before of ['', 'a', 'ab ', '{"x":"']) assert.ok(shows(`${before}${text}"} z`), name)
  assert.not(shows('nothing to see here: 4a6f, aGVsbG8gd29ybGQhIQ=='))
})

for (const { name, text } of encodings) {
  test(`a value that shows it ${name} is told without it`, async () => {
    const out = await told([given], () => ({ a: [text], [text]: 1, map: new Map([[text, text]]), error: new Error(text) }))
    assert.not(shows(out.text), out.text)
  })

  test(`an output that shows it ${name} is told without it, wherever it is cut`, async () => {
    for (let size = 1; size <= text.length; size += size < 12 ? 1 : 9) {
      const out = await told([given], (_note, context) => {
        const whole = `before ${text} after ${text}`
        for (let from = 0; from < whole.length; from += size) context.output('stdout', whole.slice(from, from + size))
      })
      const output = out.events.flatMap((event) => (event.type === 'operation-output' ? [event.text] : [])).join('')
      assert.not(shows(output), `in pieces of ${size}: ${output}`)
      assert.match(output, /^before .* after /)
    }
  })

  test(`a failure that shows it ${name} is told without it, at each attempt and in the summary`, async () => {
    const out = await told([{ ...given, retry: { attempts: 2, delayMs: 0 } }], () => {
      throw Object.assign(new Error(`no ${text}`, { cause: new Error(text) }), { detail: { deep: [text] } })
    })
    assert.not(shows(out.text), out.text)
    assert.match(out.text, /"type":"run-finished"/)
  })

  test(`progress and events of its own that show it ${name} are told without it`, async () => {
    const out = await told([given], (_note, context) => {
      context.progress(0.5, `at ${text}`)
      context.emit('page', { of: text })
    })
    assert.not(shows(out.text), out.text)
  })

  test(`another operation that comes upon it ${name} tells it no more than the first`, async () => {
    const operations = [given, { id: 'b', params: { note: { $ref: 'a.found' } } }]
    const out = await told(operations, (note, context) => {
      if (context.id === 'b') context.output('stderr', `it was ${String(note)}`)
      return { found: text }
    })
    assert.not(shows(out.text), out.text)
  })
}

test('what a value holds of it in bytes is not told', async () => {
  const out = await told([given], () => ({ bytes: new Uint8Array(Buffer.from(`x${canary}y`)), buffer: Buffer.from(canary) }))
  assert.not(shows(out.text), out.text)
  assert.not.match(out.text, [...Buffer.from(core)].join(','))
})

test('each field on the published list hides its text, however it is written', async () => {
  for (const name of secretFieldNames)
    for (const written of [name, name.toUpperCase(), name.replaceAll('_', '-'), name.replaceAll('_', '')]) {
      const out = await told([{ id: 'a', params: { note: { deep: [{ [written]: canary }] } } }], (note, context) => {
        context.output('stdout', JSON.stringify(note))
        return note
      })
      assert.not(shows(out.text), `${written}: ${out.text}`)
    }
})

test('an undo that fails tells it as little as anything else', async () => {
  const out = await told(
    [given, { id: 'b', dependencies: ['a'] }],
    (note, context) => {
      if (context.id === 'b') throw new Error('so that all is undone')
      context.onUndo(() => Promise.reject(new Error(`still ${textOf(note)}`)))
    },
    { onFailure: 'rollback' },
  )
  assert.match(out.text, /undo-failed/)
  assert.not(shows(out.text), out.text)
})

test('values passed between operations arrive as they were', async () => {
  const arrived: unknown[] = []
  const operations = [
    given,
    { id: 'b', params: { note: { $ref: 'a' } } },
    { id: 'c', params: { note: { $template: '{{b.whole}}, {{a.list}}' } } },
  ]
  await told(operations, (note, { id }) => {
    arrived.push(note)
    return id === 'a' ? { whole: textOf(note), list: [textOf(note)] } : note
  })
  const value = { whole: canary, list: [canary] }
  assert.equal(arrived.slice(0, 3), [{ key: canary }, value, `${canary}, ${JSON.stringify([canary])}`])
})

test('an output that only begins like it is told whole, by whoever', async () => {
  const out = await told([given, { id: 'b', dependencies: ['a'] }], (_note, context) => {
    if (context.id === 'b') context.output('stdout', `so far ${canary.slice(0, 5)}`)
  })
  const output = out.events.flatMap((event) => (event.type === 'operation-output' ? [event.text] : [])).join('')
  assert.is(output, `so far ${canary.slice(0, 5)}`)
})

test('a plan that is refused does not show what stands in such a field', async () => {
  const operations = registry(() => undefined)
  const plans = [
    { operations: [{ type: 'test', operation: 'hold', params: { reads: { password: canary } } }] },
    { operations: [{ type: 'test', operation: 'hold', params: { token: canary } }] },
    { operations: [{ type: 'test', operation: 'hold', token: canary }] },
    { operations: [{ type: 'test', operation: 'hold', params: { note: { password: { $ref: `x.${canary}` } } } }], password: [canary] },
  ]
  for (const plan of plans) {
    const compiled = compilePlan(plan, operations)
    assert.is(compiled._tag, 'Left')
    const faults = compiled._tag === 'Left' ? compiled.left : []
    // The third names what is no field at all; the last asks for a key of that name, which is no secret but a name.
    if (plan !== plans[3]) assert.not(shows(faults.map(describeFault).join('\n')), faults.map(describeFault).join('\n'))
    else assert.not(shows(describeFault(faults[0]!)))
  }
})

test('a secret that does not fit the parameters is not shown', async () => {
  const plan: unknown = [{ type: 'file', operation: 'write', params: { path: 'a', content: 'x', mode: secret } }]
  const events: BatchEvent[] = []
  for await (const event of runBatch(plan, { operations: standardOperations({ root: tempTree() }) })) events.push(event)
  const text = inspect(events, { depth: 20, maxStringLength: null })
  assert.match(text, /invalid-params/)
  assert.not(shows(text), text)
})

test.run()
