import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstValueFrom, from, NEVER, concat, toArray, type Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { decodeLog } from '../../src/journal/log/decodeLog.js'
import { fileJournal } from '../../src/journal/fileJournal.js'
import { LogDamageError } from '../../src/journal/log/logDamage.js'
import { readRun } from '../../src/journal/readRun.js'
import { record } from '../../src/journal/record.js'
import type { BatchEvent } from '../../src/model/event.js'
import { operation } from '../../src/model/code/createOperation.js'
import { tempTree } from '../support/tempTree.js'
import { shortRun } from './shortRun.js'

const test = suite('record and fileJournal')

const all = async <A>(events: Observable<A>): Promise<{ readonly seen: readonly A[]; readonly error: Error | undefined }> => {
  const seen: A[] = []
  return new Promise((resolve) =>
    events.subscribe({
      next: (event) => seen.push(event),
      error: (error: Error) => resolve({ seen, error }),
      complete: () => resolve({ seen, error: undefined }),
    }),
  )
}
const kept = async (folder: string): Promise<readonly unknown[]> => {
  const events: unknown[] = []
  for await (const event of readRun(folder)) events.push(event)
  return events
}

test('passes every event on unchanged, and completes once all are in the log', async () => {
  const root = tempTree()
  const { seen, error } = await all(from(shortRun).pipe(record({ root, durability: 'power' })))
  assert.is(error, undefined)
  assert.equal(seen, shortRun)
  assert.equal(await kept(join(root, '.millrace/runs/r')), JSON.parse(JSON.stringify(shortRun)))
  assert.not(existsSync(join(root, '.millrace/runs/r/lock')))
})

test('a log that cannot be written does not stop the run: its error comes behind the last event', async () => {
  const root = tempTree({ '.millrace': 'a file' })
  const { seen, error } = await all(from(shortRun).pipe(record({ root })))
  assert.is(seen.length, shortRun.length)
  assert.is(error?.name, 'OperationFailure')
  assert.match(error?.message ?? '', /is a link or a file, where millrace needs its own folder/)
})

test('leaving closes the log', async () => {
  const root = tempTree()
  await firstValueFrom(concat(from(shortRun.slice(0, 2)), NEVER).pipe(record({ root })))
  await new Promise((resolve) => setImmediate(resolve))
  assert.not(existsSync(join(root, '.millrace/runs/r/lock')))
  assert.is((await kept(join(root, '.millrace/runs/r'))).length, 1)
})

test('as the journal of a run, holds every event, the last one too', async () => {
  const root = tempTree()
  for (const durability of ['none', 'process', 'power'] as const) {
    const journal = fileJournal({ root, durability })
    const events = await firstValueFrom(runBatch([operation('a', () => 1), operation('b', () => 2)], { journal }).pipe(toArray()))
    assert.equal(await kept(join(root, '.millrace/runs', events[0]!.runId)), JSON.parse(JSON.stringify(events)), durability)
    assert.not(existsSync(join(root, '.millrace/runs', events[0]!.runId, 'lock')))
  }
})

test('a run tells that its journal failed, and goes on; under power, nothing more starts', async () => {
  const root = tempTree({ '.millrace': 'a file' })
  const first = operation('first', () => 1)
  const plan = [first, operation('second', { first }, () => 2)]
  const outcomes = async (durability: 'process' | 'power'): Promise<readonly string[]> => {
    const events: readonly BatchEvent[] = await firstValueFrom(
      runBatch(plan, { journal: fileJournal({ root, durability }) }).pipe(toArray()),
    )
    return events.map(({ type }) => type).filter((type) => /failed|succeeded|skipped|finished/.test(type))
  }
  assert.equal(await outcomes('process'), ['operation-succeeded', 'journal-failed', 'operation-succeeded', 'run-finished'])
  assert.equal(await outcomes('power'), ['operation-succeeded', 'journal-failed', 'operation-skipped', 'run-finished'])
})

test('reading tells of damage behind every good event', async () => {
  const root = tempTree()
  await all(from(shortRun).pipe(record({ root })))
  const file = join(root, '.millrace/runs/r/events.ndjson')
  const bytes = readFileSync(file)
  bytes[bytes.length - 30]! ^= 1
  writeFileSync(file, bytes)
  const events: BatchEvent[] = []
  const read = async (): Promise<void> => {
    for await (const event of readRun(join(root, '.millrace/runs/r'))) events.push(event)
  }
  const error = await read().catch((thrown: unknown) => thrown)
  assert.is(error instanceof LogDamageError && error.damage.reason, 'checksum')
  assert.equal(events, decodeLog(bytes).events)
  assert.is(events.length, shortRun.length - 1)
})

test.run()
