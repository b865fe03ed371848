import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { fileJournal } from '../../src/journal/fileJournal.js'
import { operation } from '../../src/model/code/createOperation.js'
import { OperationFailure } from '../../src/model/operationError.js'
import type { Summary } from '../../src/model/summary.js'
import { tempTree } from '../support/tempTree.js'

// Nothing below knows this library: lines of JSON, as any program would read them.
interface Line {
  readonly type: string
  readonly seq: number
  readonly at: number
  readonly id?: string
  readonly attempt?: number
  readonly durationMs?: number
  readonly because?: readonly string[]
  readonly reason?: string
  readonly detached?: boolean
  readonly concurrency?: number
  readonly operations?: number
  readonly error?: object
  readonly summary?: Summary
}

const test = suite('each number of a summary, computed again from the event log')

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()))
  })
const fail = (message: string, retryable = false): never => {
  throw new OperationFailure({ type: 'thrown', message, retryable })
}

async function logOfRun(): Promise<readonly Line[]> {
  const root = tempTree()
  const a = operation('a', ({ signal }) => wait(20, signal))
  const retried = operation('retried', ({ attempt }) => (attempt < 3 ? fail('not yet', true) : 7), { retry: { attempts: 3, delayMs: 5 } })
  const bad = operation('bad', { a }, () => fail('no'))
  const worse = operation('worse', { retried }, () => fail('no, never'))
  const blocked = operation('blocked', { bad }, () => 1)
  const both = operation('both', { blocked, worse }, () => 1)
  const gated = operation('gated', { a }, () => 1, { when: 'any-failed' })
  const deaf = operation('deaf', () => new Promise<never>(() => undefined), { timeoutMs: 30 })
  const plan = [a, retried, bad, worse, blocked, both, gated, deaf]
  const { runId } = await lastValueFrom(runBatch(plan, { journal: fileJournal({ root }), concurrency: 3, graceMs: 20 }))
  const text = readFileSync(join(root, '.millrace/runs', runId, 'events.ndjson'), 'utf8')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
}

const lines = await logOfRun()
const told = lines.at(-1)!.summary!
const count = (type: string): number => lines.filter((line) => line.type === type).length
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const near = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 0.001, `${actual} is not ${expected}`)
const starts = lines.filter(({ type }) => type === 'attempt-started')
const ends = lines.filter(({ type }) => /^operation-(succeeded|failed|skipped|cancelled)$/.test(type))
const failures = lines.filter(({ type }) => type === 'operation-failed')
const skips = lines.filter(({ type }) => type === 'operation-skipped')

test('the run had one of each kind', () => {
  assert.equal(told.counts, { total: 8, succeeded: 2, failed: 3, skipped: 3, cancelled: 0 })
})
test('counts.total', () => assert.is(told.counts.total, lines[0]!.operations! + count('operation-added')))
test('counts.succeeded', () => assert.is(told.counts.succeeded, count('operation-succeeded')))
test('counts.failed', () => assert.is(told.counts.failed, count('operation-failed')))
test('counts.skipped', () => assert.is(told.counts.skipped, count('operation-skipped')))
test('counts.cancelled', () => assert.is(told.counts.cancelled, count('operation-cancelled')))
test('ok', () =>
  assert.is(told.ok, failures.length + count('operation-cancelled') + skips.filter(({ reason }) => reason !== 'gate').length === 0))
test('startedAt', () => assert.is(told.startedAt, lines[0]!.at))
test('finishedAt', () => assert.is(told.finishedAt, lines.at(-1)!.at))
test('makespanMs', () => {
  const lastEnd = Math.max(...ends.filter(({ durationMs }) => durationMs !== undefined).map(({ at }) => at))
  near(told.makespanMs, lastEnd - starts[0]!.at)
})
test('workMs', () => near(told.workMs, sum(ends.map(({ durationMs }) => durationMs ?? 0))))
test('concurrency', () => assert.is(told.concurrency, lines[0]!.concurrency))
test('attempts', () => assert.is(told.attempts, starts.length))
test('retries', () => assert.is(told.retries, starts.filter(({ attempt }) => attempt! > 1).length))
test('rootCauses', () => {
  const blockedBy = (id: string): number => skips.filter(({ because }) => because!.includes(id)).length
  assert.equal(
    told.rootCauses,
    failures.map(({ id, error }) => ({ id, error, blocked: blockedBy(id!) })),
  )
})
test('rootCausesOmitted', () => assert.is(told.rootCausesOmitted, failures.length - told.rootCauses.length))
test('detached', () => {
  assert.equal(
    told.detached,
    ends.filter(({ detached }) => detached).map(({ id }) => id),
  )
})

test.run()
