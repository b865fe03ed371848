import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch, type BatchEvent, type OperationReady, type RunOptions } from '../../src/index.js'
import type { EventOfType } from '../../src/model/event.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import { marbleBatch, type MarbleOperation, type MarbleOptions, type MarblePlan } from '../../src/testing/marbleBatch.js'
import { timeline } from '../support/timeline.js'

const test = suite('services')

const ready = { line: 'listening' }
const service = (id: string, more: Partial<MarbleOperation> = {}): MarbleOperation => ({ id, service: true, ready, ...more })
const after = (id: string, ...dependencies: readonly string[]): MarbleOperation => ({ id, dependencies })

type Rows = Readonly<Record<string, readonly [marbles: string | readonly string[], expected: string]>>

function shows(
  operations: readonly MarbleOperation[],
  rows: Rows,
  plan: Partial<MarblePlan> = {},
  options: MarbleOptions = {},
): readonly BatchEvent[] {
  const marbles = Object.fromEntries(Object.entries(rows).map(([id, [played]]) => [id, played]))
  const expected = Object.fromEntries(Object.entries(rows).map(([id, [, seen]]) => [id, seen]))
  const { events } = marbleBatch({ ...plan, operations }, marbles, options)
  assert.equal(timeline(events), expected)
  return events
}

const one = <T extends BatchEvent['type']>(events: readonly BatchEvent[], type: T, id: string): EventOfType<T> => {
  const found = events.filter((event) => event.type === type && 'id' in event && event.id === id)
  assert.is(found.length, 1, `${type} of ${id}`)
  return found[0] as EventOfType<T>
}
const okOf = (events: readonly BatchEvent[]): boolean => (events.at(-1) as EventOfType<'run-finished'>).summary.ok

test('let their dependents start when they are ready, and end when the last of those has', () => {
  const events = shows([service('s'), after('a', 's'), after('b', 's')], {
    s: ['--r------', '==r===|'],
    a: ['--|      ', '  ==|'],
    b: ['----|    ', '  ====|'],
  })
  assert.is(one(events, 'operation-succeeded', 's').value, 'r')
  assert.ok(okOf(events))
})

test('are needed by all that follow from those that need them', () =>
  void shows([service('s'), after('a', 's'), after('b', 'a'), after('c', 'b'), after('other')], {
    s: ['-r-------', '=r===|'],
    a: ['-|       ', ' =|'],
    b: ['-|       ', '  =|'],
    c: ['--|      ', '   ==|'],
    other: ['---------|', '=========|'],
  }))

test('take no slot', () =>
  void shows(
    [service('s'), service('t', { dependencies: ['s'] }), after('a', 't')],
    { s: ['-r----', '=r===|'], t: ['--r---', ' ==r=|'], a: ['--|', '   ==|'] },
    { concurrency: 1 },
  ))

test('end in the order in which they are needed no more', () =>
  void shows([service('s'), service('t', { dependencies: ['s'] }), after('a', 't'), after('b', 's')], {
    s: ['r--------', 'r====|'],
    t: ['r--------', 'r==|'],
    a: ['---|     ', '===|'],
    b: ['-----|   ', '=====|'],
  }))

test('end at once when all that need them have been skipped', () =>
  void shows([service('s'), after('bad'), { ...after('a', 's', 'bad') }, after('b', 'a')], {
    s: ['r-----', 'r==|'],
    bad: ['---#', '===#'],
    a: ['-|', '   s'],
    b: ['-|', '   s'],
  }))

test('that never get ready fail with their limit, and skip what needs them', () => {
  const events = shows([service('s', { timeoutMs: 4 }), after('a', 's')], { s: ['------', '====#'], a: ['-|', '    s'] })
  assert.is(one(events, 'operation-failed', 's').error.type, 'timeout')
  assert.equal(one(events, 'operation-skipped', 'a').because, ['s'])
})

test('are tried again until they are ready', () =>
  void shows([service('s', { retry: { attempts: 3, delayMs: 0 } }), after('a', 's')], {
    s: [['-#', '--#', '-r-----'], '=#=#r=|'],
    a: ['--|', '    ==|'],
  }))

test('that end by themselves before they are ready have failed', () => {
  const events = shows([service('s'), after('a', 's')], { s: ['--|', '==#'], a: ['-|', '  s'] })
  assert.match(one(events, 'operation-failed', 's').error.message, /ended by itself/)
})

test('that end too early fail what needs them: running, waiting and still to come', () => {
  const events = shows(
    [service('s'), after('running', 's'), after('waiting', 's'), after('next', 'running'), after('free'), after('both', 'free', 's')],
    {
      s: ['r--#   ', 'r==#'],
      running: ['-----| ', '===!'],
      waiting: ['-|     ', 'wwws'],
      next: ['-|     ', '   s'],
      free: ['------|', '======|'],
      both: ['-|     ', '      s'],
    },
    { concurrency: 2 },
  )
  assert.equal(one(events, 'operation-cancelled', 'running').cause, { type: 'service', id: 's' })
  for (const id of ['waiting', 'next', 'both'])
    assert.equal([one(events, 'operation-skipped', id).reason, one(events, 'operation-skipped', id).because], ['dependency', ['s']])
  const { summary } = events.at(-1) as EventOfType<'run-finished'>
  assert.equal(
    summary.rootCauses.map(({ id, blocked }) => [id, blocked]),
    [['s', 3]],
  )
})

test('that end too early are not tried again, nor is what needs them', () => {
  const events = shows(
    [service('s', { retry: { attempts: 5, delayMs: 0 } }), { ...after('a', 's'), retry: { attempts: 5, delayMs: 1000, factor: 1 } }],
    {
      s: ['r---#', 'r===#'],
      a: ['-#', '=#~~!'],
    },
  )
  assert.is(one(events, 'operation-cancelled', 'a').cause.type, 'service')
})

test('that end too early fail through what has ended well, and not through what would have run anyway', () =>
  void shows([service('s'), after('a', 's'), after('b', 'a'), { ...after('c', 's'), when: 'settled' }, after('d', 'c')], {
    s: ['r-----#', 'r=====#'],
    a: ['-|', '=|'],
    b: ['---------|', ' =====!'],
    c: ['-----------|', '===========|'],
    d: ['-|', '           =|'],
  }))

test('that cannot end are waited for until their grace is over', () => {
  const held = heldOperations()
  const events: BatchEvent[] = []
  runBatch(
    [
      { id: 's', type: 'test.hold', service: true, ready, params: { ignoresAbort: true } },
      { id: 'a', type: 'test.hold', dependencies: ['s'] },
    ],
    { operations: held.operations },
  ).subscribe((event) => events.push(event))
  held.ready('s', 'up')
  held.succeed('a')
  assert.equal(held.running(), ['s'])
  held.fail('s')
  assert.is(one(events, 'operation-succeeded', 's').value, 'up')
  assert.ok(okOf(events))
})

test('are stopped with the run by a failure under onFailure cancel', () => {
  const events = shows(
    [service('s'), after('a', 's'), after('b', 's')],
    { s: ['r------', 'r=!'], a: ['--#', '==#'], b: ['-----|', '==!'] },
    { onFailure: 'cancel' },
  )
  for (const id of ['s', 'b']) assert.is(one(events, 'operation-cancelled', id).cause.type, 'policy')
})

test('go on for what runs, under onFailure no-new', () =>
  void shows(
    [service('s'), after('a', 's'), after('b', 's'), after('c', 'b')],
    { s: ['r------', 'r===|'], a: ['-#', '=#'], b: ['----|', '====|'], c: ['-|', '    s'] },
    { onFailure: 'no-new' },
  ))

test('are stopped with the run by its time limit', () => {
  const events = shows([service('s'), after('a', 's')], { s: ['r------', 'r==!'], a: ['-----|', '===!'] }, { timeoutMs: 3 })
  assert.is(one(events, 'operation-cancelled', 's').cause.type, 'run-timeout')
  assert.is(one(events, 'operation-cancelled', 'a').cause.type, 'run-timeout')
})

test('go on for what cleans up, also after the run was stopped', () =>
  void shows(
    [service('s'), after('a', 's'), { ...after('dump', 's', 'a'), when: 'settled' }],
    { s: ['r---------', 'r====|'], a: ['------|', '==!'], dump: ['---|', '  ===|'] },
    { timeoutMs: 2 },
  ))

test('have no limit of their own by the defaults, which are for what ends by itself', () =>
  void shows(
    [service('s'), after('a', 's'), after('b', 'a')],
    { s: ['r-------', 'r===|'], a: ['--|', '==|'], b: ['--|', '  ==|'] },
    { defaults: { timeoutMs: 3 } },
  ))

test('give their dependents the value that they are ready with', () => {
  const held = heldOperations()
  const events: BatchEvent[] = []
  runBatch(
    [
      { id: 's', type: 'test.hold', service: true, ready },
      { id: 'a', type: 'test.hold', params: { note: { $ref: 's.port' } } },
    ],
    { operations: held.operations },
  ).subscribe((event) => events.push(event))
  held.ready('s', { port: 4711 })
  assert.equal(held.paramsOf('a'), { note: 4711 })
  held.ready('s', { port: 1 })
  assert.equal(one(events, 'operation-emitted', 's').data, { port: 4711 })
  assert.equal(one(events, 'operation-ready', 's') satisfies OperationReady, {
    ...one(events, 'operation-ready', 's'),
    service: true,
    weight: 0,
  })
  held.succeed('a')
  assert.equal(one(events, 'operation-succeeded', 's').value, { port: 4711 })
})

test('open no gate before the event log holds that they are ready', async () => {
  const held = heldOperations()
  const kept: (() => void)[] = []
  const journal: RunOptions['journal'] = {
    append: () => undefined,
    flush: () => new Promise((resolve) => kept.push(resolve)),
    holdsGates: true,
    stopsRun: false,
  }
  runBatch(
    [
      { id: 's', type: 'test.hold', service: true, ready },
      { id: 'a', type: 'test.hold', dependencies: ['s'] },
    ],
    { operations: held.operations, journal },
  ).subscribe()
  held.ready('s')
  assert.equal(held.running(), ['s'])
  kept.shift()!()
  await new Promise(setImmediate)
  assert.equal(held.running(), ['s', 'a'])
})

test('that a subscriber ends when it hears that something is ready keep that from starting', () => {
  const held = heldOperations()
  const events: BatchEvent[] = []
  runBatch(
    [
      { id: 's', type: 'test.hold', service: true, ready },
      { id: 'a', type: 'test.hold', dependencies: ['s'] },
    ],
    { operations: held.operations },
  ).subscribe((event) => {
    events.push(event)
    if (event.type === 'operation-ready' && event.id === 'a') held.fail('s')
  })
  held.ready('s')
  assert.equal(held.started(), ['s'])
  assert.equal(one(events, 'operation-skipped', 'a').because, ['s'])
})

test('in a chain of many end one after another', () => {
  const count = 5_000
  const services = Array.from({ length: count }, (_, index) => service(`s${index}`, index > 0 ? { dependencies: [`s${index - 1}`] } : {}))
  const marbles = Object.fromEntries(services.map(({ id }) => [id, 'r---']))
  const { events } = marbleBatch({ operations: [...services, after('a', `s${count - 1}`)] }, { ...marbles, a: '-|' })
  const ended = events.flatMap((event) => (event.type === 'operation-succeeded' ? [event.id] : []))
  assert.is(ended.length, count + 1)
  assert.equal(ended.slice(0, 3), ['a', `s${count - 1}`, `s${count - 2}`])
  assert.ok(okOf(events))
})

test.run()
