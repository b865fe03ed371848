import { firstValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { anyJson, closedParams } from './readType.js'
import type { BatchEvent } from '../../src/model/event.js'
import { operationRegistry, type OperationRegistry } from '../../src/model/operationType.js'

const test = suite('equal reads')

/** Operations on one text in memory: `note.read` and `note.write` of a path, which fail when told to. */
function notes(): { readonly operations: OperationRegistry; readonly reads: string[] } {
  const texts = new Map<string, unknown>()
  const reads: string[] = []
  const resource = (path: unknown): { resource: string }[] => [{ resource: `note:${String(path)}` }]
  const common = { type: 'note', params: closedParams, result: anyJson }
  return {
    reads,
    operations: operationRegistry([
      {
        ...common,
        operation: 'read',
        summary: 'Reads a note.',
        readOnly: () => true,
        effects: ({ path }: { path?: unknown }) => ({ reads: resource(path) }),
        perform: ({ path, fails }: { path?: unknown; fails?: unknown }, { id }: { id: string }) => {
          reads.push(id)
          if (fails === id) throw new Error('no')
          return { text: texts.get(String(path)) ?? 'empty' }
        },
      },
      {
        ...common,
        operation: 'write',
        summary: 'Writes a note.',
        effects: ({ path }: { path?: unknown }) => ({ writes: resource(path) }),
        perform: ({ path, text }: { path?: unknown; text?: unknown }) => void texts.set(String(path), text),
      },
    ]),
  }
}

const read = (id: string, rest: object = {}): object => ({ id, type: 'note', operation: 'read', params: { path: 'a' }, ...rest })

async function run(operations: readonly object[]): Promise<{ readonly events: readonly BatchEvent[]; readonly reads: readonly string[] }> {
  const { operations: registry, reads } = notes()
  const events = await firstValueFrom(runBatch(operations, { operations: registry }).pipe(toArray()))
  return { events, reads }
}

const succeeded = (events: readonly BatchEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'operation-succeeded' ? [[event.id, event.sharedWith]] : []))

test('share one execution: the others only tell their end', async () => {
  const { events, reads } = await run([read('a'), read('b'), read('c')])
  assert.equal(reads, ['a'])
  assert.equal(succeeded(events), [
    ['a', undefined],
    ['b', 'a'],
    ['c', 'a'],
  ])
  const ofB = events.filter((event) => 'id' in event && event.id === 'b')
  assert.equal(
    ofB.map((event) => event.type === 'operation-succeeded' && [event.durationMs, event.waitedMs, event.attempts, event.value]),
    [[0, 0, 0, { text: 'empty' }]],
  )
})

test('share with what was read since the last write', async () => {
  const write = { id: 'w', type: 'note', operation: 'write', params: { path: 'a', text: 'new' } }
  const { events, reads } = await run([read('before'), write, read('after'), read('last')])
  assert.equal(reads, ['before', 'after'])
  assert.equal(
    events.flatMap((event) => (event.type === 'operation-succeeded' && event.id !== 'w' ? [event.value] : [])),
    [{ text: 'empty' }, { text: 'new' }, { text: 'new' }],
  )
})

test('are read again when the first one failed', async () => {
  const { events, reads } = await run([read('a', { params: { path: 'a', fails: 'a' } }), read('b', { params: { fails: 'a', path: 'a' } })])
  assert.equal(reads, ['a', 'b'])
  assert.equal(succeeded(events), [['b', undefined]])
})

test('are not shared with other params, or params that are not known before the run', async () => {
  const { reads } = await run([read('a'), read('b', { params: { path: 'b' } }), read('c', { params: { path: { $ref: 'a.text' } } })])
  assert.equal(reads, ['a', 'b', 'c'])
})

test('a shared value can be referred to', async () => {
  const { events } = await run([read('a'), read('b'), read('c', { params: { path: { $ref: 'b.text' } } })])
  assert.is(events.filter((event) => event.type === 'operation-succeeded').length, 3)
})

test.run()
