import * as fc from 'fast-check'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { defineOperation } from '../../src/model/code/defineOperation.js'
import { closed } from '../../src/model/codec/closed.js'
import { anyJson, integer, oneOf, text } from '../../src/model/codec/values.js'
import { notYetKnown, type Touch } from '../../src/model/effects.js'
import type { BatchEvent } from '../../src/model/event.js'
import { operationRegistry } from '../../src/model/operationType.js'
import { runBatch } from '../../src/engine/runBatch.js'
import type { Plan } from '../../src/model/plan.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('operations with each')

const touchOf = (path: string | typeof notYetKnown): Touch =>
  path === notYetKnown ? { resource: 'disk:', orderOnly: true } : { resource: `disk:${path}` }

/** A disk in memory. Each of its operations takes some turns of the promise queue, so that they overlap. */
function diskOf() {
  const files = new Map<string, string>()
  let [running, most] = [0, 0]
  const does = defineOperation({
    type: 'disk',
    operation: 'do',
    summary: 'Does something with a file.',
    params: closed('params', { does: oneOf('read', 'write', 'append', 'fail'), path: text() }, { content: text(), turns: integer() }),
    result: closed('a result', { content: text() }, {}),
    effects: ({ does, path }) => (does === 'read' ? { reads: [touchOf(path)] } : { writes: [touchOf(path)] }),
    async perform({ does, path, content = '', turns = 0 }) {
      most = Math.max(most, ++running)
      try {
        for (let turn = 0; turn < turns; turn++) await Promise.resolve()
        if (does === 'fail') throw new Error(`no ${path}`)
        if (does === 'read' && !files.has(path)) throw new Error(`nothing at ${path}`)
        if (does === 'write') files.set(path, content)
        if (does === 'append') files.set(path, `${files.get(path) ?? ''}${content}`)
        return { content: files.get(path) ?? '' }
      } finally {
        running--
      }
    },
  })
  const echo = defineOperation({
    type: 'test',
    operation: 'echo',
    summary: 'Gives back its value.',
    params: closed('params', { value: anyJson }, {}),
    result: anyJson,
    perform: ({ value }) => value,
  })
  return { operations: operationRegistry([does.operationType, echo.operationType]), files, most: () => most }
}

const eventsOf = (plan: unknown, disk = diskOf()): Promise<BatchEvent[]> =>
  lastValueFrom(runBatch(plan, { operations: disk.operations }).pipe(toArray()))

const endOf = (events: readonly BatchEvent[], id: string) =>
  events.find(
    (event) =>
      (event.type === 'operation-succeeded' ||
        event.type === 'operation-failed' ||
        event.type === 'operation-skipped' ||
        event.type === 'operation-cancelled') &&
      event.id === id,
  )
const valueOf = (events: readonly BatchEvent[], id: string): unknown => {
  const end = endOf(events, id)
  return end?.type === 'operation-succeeded' ? end.value : end
}
const errorOf = (events: readonly BatchEvent[], id: string) => {
  const end = endOf(events, id)
  return end?.type === 'operation-failed' ? end.error : (assert.unreachable(JSON.stringify(end)) as never)
}

const echo = { type: 'test.echo', params: { value: { $item: '' } } }

test('are done once for each item, and give the list of values in its order', async () => {
  const events = await eventsOf([{ id: 'e', ...echo, each: [1, { a: 'b' }, null] }])
  assert.equal(valueOf(events, 'e'), [1, { a: 'b' }, null])
  assert.equal(
    events.flatMap((event) => (event.type === 'operation-succeeded' ? [`${event.id} of ${event.parent ?? 'the plan'}`] : [])),
    ['e[0] of e', 'e[1] of e', 'e[2] of e', 'e of the plan'],
  )
})

test('may have no item at all', async () => {
  assert.equal(valueOf(await eventsOf([{ id: 'e', ...echo, each: [] }]), 'e'), [])
})

test('take their list from an earlier result or an input, and others refer to their values', async () => {
  const events = await eventsOf({
    inputs: { names: ['x', 'y'] },
    operations: [
      { id: 'list', type: 'test.echo', params: { value: { items: [{ n: 1 }, { n: 2 }] } } },
      { id: 'e', type: 'test.echo', each: { $ref: 'list.items' }, params: { value: { $item: 'n' } } },
      { id: 'i', type: 'test.echo', each: { $input: 'names' }, params: { value: { $template: '{{$item}}!{{list.items[0].n}}' } } },
      { id: 'last', type: 'test.echo', params: { value: [{ $ref: 'e[1]' }, { $ref: 'i' }] } },
    ],
  })
  assert.equal(valueOf(events, 'last'), [2, ['x!1', 'y!1']])
})

test('fail when an item fails, after the others have ended; the item is the root of what is skipped', async () => {
  const each = [
    { does: 'write', path: 'a' },
    { does: 'fail', path: 'b' },
    { does: 'write', path: 'c' },
  ]
  const disk = diskOf()
  const events = await eventsOf(
    [
      { id: 'e', type: 'disk.do', each, params: { does: { $item: 'does' }, path: { $item: 'path' } } },
      { id: 'after', type: 'test.echo', params: { value: { $ref: 'e' } } },
    ],
    disk,
  )
  assert.is(errorOf(events, 'e').message, '1 of 3 items did not succeed; the first is "e[1]": Error: no b')
  assert.equal([...disk.files.keys()], ['a', 'c'])
  const skipped = endOf(events, 'after')
  assert.equal(skipped?.type === 'operation-skipped' && skipped.because, ['e[1]'])
})

test('with settle succeed with the outcomes of their items', async () => {
  const each = [
    { does: 'write', path: 'a' },
    { does: 'fail', path: 'b' },
  ]
  const events = await eventsOf([
    { id: 'e', type: 'disk.do', settle: true, each, params: { does: { $item: 'does' }, path: { $item: 'path' } } },
  ])
  const outcomes = valueOf(events, 'e') as readonly { readonly type: string }[]
  assert.equal(
    outcomes.map(({ type }) => type),
    ['succeeded', 'failed'],
  )
})

test('retry, fall back and time out by item', async () => {
  const items = { id: 'e', type: 'disk.do', each: ['a', 'b'], params: { does: 'fail', path: { $item: '' } } }
  const events = await eventsOf([{ ...items, retry: { attempts: 3, delayMs: 0 }, fallback: { content: 'none' } }])
  assert.equal(valueOf(events, 'e'), [{ content: 'none' }, { content: 'none' }])
  assert.is(events.filter((event) => event.type === 'attempt-started' && event.parent === 'e').length, 6)
})

test('count against concurrency and pools', async () => {
  for (const limit of [{ concurrency: 2 }, { pools: { two: 2 } }]) {
    const disk = diskOf()
    const each = Array.from({ length: 20 }, (_, index) => `f${index}`)
    const item = {
      id: 'e',
      type: 'disk.do',
      each,
      params: { does: 'write', path: { $item: '' }, turns: 9 },
      ...('pools' in limit && { pool: 'two' }),
    }
    await eventsOf({ ...limit, operations: [item] }, disk)
    assert.is(disk.most(), 2)
  }
})

test('a run has at most 100,000 operations, items included: more fail before the first starts', async () => {
  const list = Array.from({ length: 60_000 }, () => 0)
  const events = await eventsOf([
    { id: 'list', type: 'test.echo', params: { value: list } },
    { id: 'e', ...echo, each: { $ref: 'list' } },
    { id: 'f', ...echo, each: { $ref: 'list' }, dependencies: ['e'] },
  ])
  assert.is((valueOf(events, 'e') as readonly unknown[]).length, 60_000)
  assert.equal({ ...errorOf(events, 'f'), message: '' }, { type: 'too-many-items', message: '', retryable: false, limit: 39_997 })
  assert.not(events.some((event) => event.type === 'attempt-started' && event.parent === 'f'))
})

test('what is no list fails, and says what it is', async () => {
  const events = await eventsOf([
    { id: 'list', type: 'test.echo', params: { value: 'text' } },
    { id: 'e', ...echo, each: { $ref: 'list' } },
  ])
  assert.match(errorOf(events, 'e').message, 'each: the reference "list" leads to "text", which is not a list.')
})

test('an item without the key fails alone', async () => {
  const events = await eventsOf([
    { id: 'list', type: 'test.echo', params: { value: [{ a: 1 }, { b: 2 }] } },
    { id: 'e', type: 'test.echo', settle: true, each: { $ref: 'list' }, params: { value: { $item: 'a' } } },
  ])
  assert.is(valueOf(events, 'e[0]'), 1)
  assert.match(errorOf(events, 'e[1]').message, '"$item.a" has no value: this item has no "a"; it has: b.')
})

interface Item {
  readonly does: 'read' | 'write' | 'append' | 'fail'
  readonly path: string
  readonly content: string
  readonly turns: number
}

const items: fc.Arbitrary<readonly Item[]> = fc.array(
  fc.record({
    does: fc.constantFrom('read', 'write', 'append', 'fail'),
    path: fc.constantFrom('a', 'b', 'd', 'd/x', 'd/y'),
    content: fc.constantFrom('1', '2', '3'),
    turns: fc.nat(8),
  }),
  { maxLength: 9 },
)

test('equal a plan with their items written out: outcomes, values, roots of skips, and the disk', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.boolean(), fc.boolean(), fc.integer({ min: 1, max: 4 }), async (list, infer, late, concurrency) => {
      const params = {
        does: { $item: 'does' },
        path: { $item: 'path' },
        content: { $template: '<{{$item.content}}>' },
        turns: { $item: 'turns' },
      }
      const loop = [
        { id: 'list', type: 'test.echo', params: { value: list } },
        { id: 'x', type: 'disk.do', each: late ? { $ref: 'list' } : list, params, settle: true },
      ]
      const written = list.map((item, index) => ({ id: `x[${index}]`, type: 'disk.do', params: { ...item, content: `<${item.content}>` } }))
      const settings = { concurrency, inferDependencies: infer }
      // Without inference, what comes of two that touch the same is a matter of time: one at a time there.
      const run = async (operations: readonly object[]) => {
        const disk = diskOf()
        const events = await eventsOf({ ...settings, concurrency: infer ? concurrency : 1, operations }, disk)
        const ends = list.map((_, index) => {
          const end = endOf(events, `x[${index}]`)
          if (end?.type === 'operation-succeeded') return { value: end.value }
          if (end?.type === 'operation-failed') return { error: end.error.message }
          if (end?.type === 'operation-skipped') return { reason: end.reason, because: [...end.because].sort() }
          return assert.unreachable(`x[${index}] has not ended`)
        })
        return { ends, files: Object.fromEntries(disk.files) }
      }
      assert.equal(await run(loop), await run(written))
    }),
    { numRuns: 300 },
  )
})

test('every item ends once, under every policy and when the run is cancelled', async () => {
  await fc.assert(
    fc.asyncProperty(items, fc.constantFrom('continue', 'no-new', 'cancel', 'rollback'), fc.nat(30), async (list, onFailure, seen) => {
      const stop = new AbortController()
      const params = { does: { $item: 'does' }, path: { $item: 'path' }, turns: { $item: 'turns' } }
      const plan = { onFailure, concurrency: 2, operations: [{ id: 'x', type: 'disk.do', each: list, params }] }
      const events: BatchEvent[] = []
      await new Promise<void>((resolve, reject) => {
        runBatch(plan, { operations: diskOf().operations, signal: stop.signal }).subscribe({
          next(event) {
            events.push(event)
            if (events.length > seen && seen % 2 === 0) stop.abort()
          },
          error: reject,
          complete: resolve,
        })
      })
      const ends = events.flatMap((event) =>
        /^operation-(?:succeeded|failed|skipped|cancelled)$/.test(event.type) && 'id' in event ? [event.id] : [],
      )
      assert.is(new Set(ends).size, ends.length, 'once')
      const ready = events.flatMap((event) => (event.type === 'operation-ready' ? [event.id] : []))
      for (const id of ready) assert.ok(ends.includes(id), `${id} has not ended`)
      // Once the whole has started, each of its items has an end of its own.
      if (events.some((event) => event.type === 'operation-ready' && event.parent === 'x'))
        assert.equal([...ends].sort(), [...list.map((_, index) => `x[${index}]`), 'x'].sort())
    }),
    { numRuns: 200 },
  )
})

/** What is told of each item, without its id, times and whose part it is. */
function toldOf(events: readonly BatchEvent[], list: readonly Item[]): readonly (readonly string[])[] {
  return list.map((_, index) =>
    events.flatMap((event): readonly string[] => {
      if (!('id' in event) || event.id !== `x[${index}]`) return []
      if (event.type === 'attempt-started') return [`${event.type} ${event.attempt}`]
      if (event.type === 'attempt-failed' || event.type === 'operation-failed') return [`${event.type} ${event.error.message}`]
      if (event.type === 'operation-succeeded') return [`${event.type} ${JSON.stringify(event.value)} ${event.attempts}`]
      if (event.type === 'operation-skipped') return [`${event.type} ${event.reason} ${event.because.toSorted().join()}`]
      return [event.type]
    }),
  )
}

test('tell of each item what a plan with the items written out tells', async () => {
  await fc.assert(
    fc.asyncProperty(
      items,
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      async (list, infer, many, attempts) => {
        const params = { does: { $item: 'does' }, path: { $item: 'path' }, content: { $item: 'content' }, turns: { $item: 'turns' } }
        const retry = { attempts, delayMs: 0 }
        const loop = [{ id: 'x', type: 'disk.do', each: list, params, settle: true, retry }]
        const written = list.map((item, index) => ({ id: `x[${index}]`, type: 'disk.do', params: item, retry }))
        // Without inference, what comes of two that touch the same is a matter of time: one at a time there.
        const concurrency = infer ? many : 1
        const run = async (operations: readonly object[]) =>
          toldOf(await eventsOf({ concurrency, inferDependencies: infer, operations }), list)
        assert.equal(await run(loop), await run(written))
      },
    ),
    { numRuns: 150 },
  )
})

interface Touching {
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

const paths = fc.subarray(['a', 'b', 'd', 'd/x', 'd/y'])
const touching: fc.Arbitrary<readonly Touching[]> = fc.array(fc.record({ reads: paths, writes: paths }), { minLength: 1, maxLength: 7 })
const steps = fc.array(fc.record({ which: fc.nat(20), fails: fc.boolean() }), { maxLength: 7 })

test('run, fail and are cancelled as a plan with the items written out, whenever each ends', async () => {
  await fc.assert(
    fc.asyncProperty(touching, steps, fc.constantFrom('continue', 'no-new', 'cancel'), async (list, ended, onFailure) => {
      const loop = [{ id: 'x', type: 'test.hold', each: list, params: { reads: { $item: 'reads' }, writes: { $item: 'writes' } } }]
      const written = list.map((params, index) => ({ id: `x[${index}]`, type: 'test.hold', params }))
      const run = async (operations: readonly object[]) => {
        const [held, stop] = [heldOperations(), new AbortController()]
        const events: BatchEvent[] = []
        const done = new Promise<void>((complete, error) => {
          runBatch({ concurrency: 50, onFailure, operations } as Plan, { operations: held.operations, signal: stop.signal }).subscribe({
            next: (event) => events.push(event),
            error,
            complete,
          })
        })
        const running: (readonly string[])[] = []
        const settled = async (): Promise<readonly string[]> => {
          await new Promise(setImmediate)
          running.push(held.running().toSorted())
          return running.at(-1)!
        }
        for (const { which, fails } of ended) {
          const ids = await settled()
          const id = ids[which % ids.length]
          if (id === undefined) break
          if (fails) held.fail(id, { message: 'no' })
          else held.succeed(id)
        }
        await settled()
        stop.abort()
        await done
        const ends = list.map((_, index) => {
          const type = endOf(events, `x[${index}]`)?.type
          // What had not started is skipped behind what was cancelled in one plan, and cancelled with the whole in the other.
          return type === 'operation-succeeded' || type === 'operation-failed' ? type : 'not done'
        })
        return { running, ends }
      }
      assert.equal(await run(loop), await run(written))
    }),
    { numRuns: 150 },
  )
})

test.run()
