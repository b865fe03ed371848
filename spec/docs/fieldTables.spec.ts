import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunOptions } from '../../src/engine/options.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { Metrics } from '../../src/model/metrics/metrics.js'
import type { AlertRule } from '../../src/model/metrics/alert.js'
import type { OperationError } from '../../src/model/operationError.js'
import type { MonitorOptions } from '../../src/monitor/monitor.js'
import { page, quoted, rowsOf, sectionOf } from './tableOf.js'

const test = suite('tables of fields')

/** Every field of a type, with a question mark if it may be absent: the compiler refuses a list that is not all of them. */
type FieldsOf<T> = { readonly [K in keyof T]-?: object extends Pick<T, K> ? '?' : '' }

const namesOf = <T>(fields: FieldsOf<T>): readonly string[] => Object.entries(fields).map(([name, mark]) => `${name}${String(mark)}`)

type EventFields = {
  readonly [T in BatchEvent['type']]: FieldsOf<
    Omit<Extract<BatchEvent, { readonly type: T }>, 'type' | 'runId' | 'seq' | 'at' | 'id' | 'parent'>
  >
}

const ended = { durationMs: '', waitedMs: '', attempts: '' } as const

const eventFields: EventFields = {
  'run-started': { name: '?', operations: '', streamed: '?', concurrency: '', edges: '' },
  'operation-added': {},
  'operation-ready': { name: '', title: '?', service: '?', weight: '?', pool: '?' },
  'attempt-started': { attempt: '' },
  'attempt-placed': { attempt: '', worker: '', queuedMs: '' },
  'process-started': { attempt: '', pid: '', startedAt: '?' },
  'operation-progress': { fraction: '?', message: '?' },
  'operation-output': { stream: '', text: '', omitted: '?' },
  'operation-emitted': { name: '', data: '' },
  'attempt-failed': { attempt: '', error: '', retryInMs: '?' },
  'operation-succeeded': { value: '', ...ended, recoveredFrom: '?', sharedWith: '?', reusedFrom: '?', masked: '?', lossy: '?' },
  'operation-failed': { error: '', ...ended, detached: '?', reusedFrom: '?' },
  'operation-skipped': { reason: '', because: '', condition: '?' },
  'operation-cancelled': { cause: '', output: '?', ...ended, detached: '?' },
  'operation-undone': {},
  'undo-failed': { error: '' },
  'journal-failed': { error: '' },
  'pool-closed': { pool: '', until: '' },
  'run-finished': { summary: '' },
}

test('the table of events has each event with each of its fields', () => {
  const rows = rowsOf(page('events.md'), 'event')
  const shown = rows.map(([event, , fields = '']) => [
    quoted(event)[0],
    fields
      .split(';')
      .flatMap((part) => quoted(part).slice(0, 1))
      .toSorted(),
  ])
  assert.equal(
    shown,
    Object.entries(eventFields).map(([type, fields]) => [type, namesOf(fields).toSorted()]),
  )
})

const runOptions: FieldsOf<RunOptions> = {
  operations: '?',
  concurrency: '?',
  signal: '?',
  scheduler: '?',
  seed: '?',
  runId: '?',
  lookBack: '?',
  settings: '?',
  journal: '?',
  known: '?',
  performer: '?',
  graceMs: '?',
  cleanupMs: '?',
}

test('the table of the options of a run has each of them', () => {
  const rows = rowsOf(page('operations-in-code.md'), 'option')
  assert.equal(rows.flatMap(([name]) => quoted(name)).toSorted(), Object.keys(runOptions).toSorted())
})

const monitorOptions: FieldsOf<MonitorOptions> = { everyMs: '?', scheduler: '?', graph: '?', alerts: '?', history: '?', sampleProcess: '?' }

test('the table of the options of the monitor has each of them', () => {
  const rows = rowsOf(page('monitor.md'), 'option')
  assert.equal(rows.flatMap(([name]) => quoted(name)).toSorted(), Object.keys(monitorOptions).toSorted())
})

const metrics: FieldsOf<Metrics> = {
  elapsedMs: '',
  concurrency: '',
  counts: '',
  slotsInUse: '',
  attempts: '',
  retries: '',
  throughput: '',
  makespanMs: '',
  workMs: '',
  slotMs: '',
  retriedMs: '',
  meanConcurrency: '?',
  criticalPathMs: '?',
  lowerBoundMs: '?',
  efficiency: '?',
  slotUtilisation: '?',
  waiting: '',
  idle: '',
  eta: '?',
  littlesLaw: '?',
  process: '?',
  usage: '?',
  types: '',
}

test('the table of metrics has each of them', () => {
  const named = rowsOf(sectionOf(page('monitor.md'), 'Each metric'), 'metric').flatMap(([cell = '']) => {
    const [whole = '', ...parts] = quoted(cell)
    // "`counts`: `pending`, …" is one metric with its parts.
    return cell.includes('`: ') ? [whole] : [whole, ...parts]
  })
  const shown = new Set(named.filter((name) => !name.startsWith('.')).map((name) => /^\w+/.exec(name)?.[0] ?? ''))
  assert.equal([...shown].toSorted(), Object.keys(metrics).toSorted())
})

const alerts: { readonly [T in AlertRule['type']]: FieldsOf<Omit<Extract<AlertRule, { readonly type: T }>, 'type'>> } = {
  'failure-rate': { above: '' },
  p95: { operation: '', aboveMs: '' },
  stalled: { forMs: '' },
  'no-progress': { forMs: '' },
  'retry-storm': { above: '', withinMs: '' },
}

test('the table of alerts has each rule with its fields', () => {
  const shown = rowsOf(page('monitor.md'), 'rule').map(([rule = '']) => {
    const type = /type: '([\w-]+)'/.exec(rule)?.[1] ?? ''
    const fields = [...rule.matchAll(/[{,] (\w+)/g)].flatMap(([, field = '']) => (field === 'type' ? [] : [field]))
    return [type, fields.toSorted()]
  })
  assert.equal(
    shown,
    Object.entries(alerts).map(([type, fields]) => [type, Object.keys(fields).toSorted()]),
  )
})

const errors: { readonly [T in OperationError['type']]: true } = {
  timeout: true,
  'invalid-params': true,
  'invalid-operation': true,
  'too-many-items': true,
  'buffer-full': true,
  'not-allowed': true,
  'not-found': true,
  'already-exists': true,
  'text-absent': true,
  'text-ambiguous': true,
  'too-large': true,
  system: true,
  'exit-code': true,
  killed: true,
  'http-status': true,
  'redirect-refused': true,
  network: true,
  'tool-error': true,
  'agent-error': true,
  'over-budget': true,
  'changed-since': true,
  'worker-lost': true,
  'no-worker': true,
  queue: true,
  thrown: true,
}

test('the table of errors has each type of them', () => {
  const rows = rowsOf(page('failures.md'), 'type')
  assert.equal(rows.flatMap(([type]) => quoted(type)).toSorted(), Object.keys(errors).toSorted())
})

test.run()
