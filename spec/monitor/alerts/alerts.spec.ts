import { Subject, VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../../src/model/event.js'
import type { AlertRule } from '../../../src/model/metrics/alert.js'
import { monitor } from '../../../src/monitor/monitor.js'
import type { AlertRaised } from '../../../src/model/metrics/monitorEvent.js'
import { take, virtualRun } from '../virtualRun.js'

const test = suite('alerts')

function raised(operations: readonly object[], rule: AlertRule, concurrency = 2): readonly AlertRaised[] {
  return virtualRun({ concurrency, operations }, (scheduler) => monitor({ scheduler, everyMs: 100, alerts: [rule] })).filter(
    (event): event is AlertRaised => event.type === 'alert-raised',
  )
}

const many = (count: number, ms: number, more: (index: number) => object = () => ({})): readonly object[] =>
  Array.from({ length: count }, (_, index) => ({ ...take(`n${index}`, ms), ...more(index) }))

const failing = (ms: number): object => ({ params: { ms, failures: 9 } })

interface Row {
  readonly title: string
  readonly operations: readonly object[]
  readonly rule: AlertRule
  readonly messages: readonly string[]
}

const rows: readonly Row[] = [
  {
    title: 'a failure rate, from ten on',
    operations: many(40, 50, (index) => (index % 2 === 0 ? failing(50) : {})),
    rule: { type: 'failure-rate', above: 0.4 },
    messages: ['5 of 10 operations failed: 50 %, more than 40 %.'],
  },
  {
    title: 'a failure rate of fewer than ten, at the end',
    operations: many(3, 50, (index) => (index === 0 ? failing(50) : {})),
    rule: { type: 'failure-rate', above: 0.1 },
    messages: ['1 of 3 operations failed: 33.3 %, more than 10 %.'],
  },
  {
    title: 'no failure rate at its bound',
    operations: many(2, 50, (i) => (i ? failing(5) : {})),
    rule: { type: 'failure-rate', above: 0.5 },
    messages: [],
  },
  {
    title: 'a slow type, once there are twenty or at the end',
    operations: many(4, 300),
    rule: { type: 'p95', operation: 'test.take', aboveMs: 250 },
    messages: ['The p95 of 4 test.take is 300 ms, above 250 ms.'],
  },
  {
    title: 'no slow type that is fast',
    operations: many(4, 200),
    rule: { type: 'p95', operation: 'test.take', aboveMs: 250 },
    messages: [],
  },
  { title: 'no slow type that never ran', operations: many(4, 900), rule: { type: 'p95', operation: 'a.b', aboveMs: 1 }, messages: [] },
  {
    title: 'a stall, for each that there was',
    operations: [take('a', 650), take('b', 650, { dependencies: ['a'] }), take('c', 10, { dependencies: ['b'] })],
    rule: { type: 'stalled', forMs: 500 },
    messages: ['No event for 500 ms with 1 running (limit: 500 ms).', 'No event for 550 ms with 1 running (limit: 500 ms).'],
  },
  {
    title: 'a retry storm',
    operations: many(12, 10, () => ({ params: { ms: 10, failures: 1 }, retry: { attempts: 2, delayMs: 1 } })),
    rule: { type: 'retry-storm', above: 0.4, withinMs: 1_000 },
    messages: ['12 of the last 24 attempts were retries: 50 % within 1,000 ms, more than 40 %.'],
  },
]

for (const { title, operations, rule, messages } of rows)
  test(`tell of ${title}`, () => {
    assert.equal(
      raised(operations, rule).map(({ message }) => message),
      messages,
    )
  })

test('carry the rule with its numbers', () => {
  const [first] = raised(many(4, 300), { type: 'p95', operation: 'test.take', aboveMs: 250 })
  assert.equal(first?.alert, { type: 'p95', operation: 'test.take', aboveMs: 250, p95Ms: 300, count: 4 })
})

test('tell no-progress apart from a stall: an operation that talks does not end', () => {
  const scheduler = new VirtualTimeScheduler()
  const source = new Subject<BatchEvent>()
  const alerts: AlertRule[] = [
    { type: 'stalled', forMs: 300 },
    { type: 'no-progress', forMs: 300 },
  ]
  const told: string[] = []
  source.pipe(monitor({ scheduler, everyMs: 100, alerts })).subscribe((event) => {
    if (event.type === 'alert-raised') told.push(`${event.at}: ${event.message}`)
  })
  const edges = { explicit: 0, reference: 0, effect: 0, order: 0 }
  let seq = 0
  const stamp = (at: number) => ({ runId: 'r', seq: seq++, at })
  source.next({ type: 'run-started', ...stamp(0), operations: 2, concurrency: 1, edges })
  source.next({ type: 'operation-ready', ...stamp(0), id: 'a', name: 'test.take' })
  source.next({ type: 'operation-ready', ...stamp(0), id: 'b', name: 'test.take' })
  source.next({ type: 'attempt-started', ...stamp(0), id: 'a', attempt: 1 })
  for (let at = 50; at < 600; at += 100)
    scheduler.schedule(() => source.next({ type: 'operation-output', ...stamp(at), id: 'a', stream: 'stdout', text: '.' }), at)
  scheduler.schedule(() => source.complete(), 610)
  scheduler.flush()
  assert.equal(told, ['300: No operation has ended for 300 ms, with 1 running and 1 ready (limit: 300 ms).'])
})

test.run()
