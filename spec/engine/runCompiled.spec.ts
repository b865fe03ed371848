import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Run } from '../../src/engine/run.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { runCompiled } from '../../src/engine/runCompiled.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { record } from '../../src/model/codec/collections.js'
import { anyJson } from '../../src/model/codec/values.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { CompiledPlan } from '../../src/model/graph.js'
import { operationRegistry } from '../../src/model/operationType.js'
import type { AttemptContext, Work } from '../../src/model/work.js'
import { heldOperations, type HeldOperations } from '../../src/testing/heldOperations.js'

const test = suite('runCompiled')

const plan = {
  name: 'two',
  concurrency: 1,
  operations: [
    { id: 'a', type: 'test', operation: 'hold' },
    { id: 'b', type: 'test', operation: 'hold', dependencies: ['a'] },
    { id: 'c', type: 'test', operation: 'hold', dependencies: ['b'] },
  ],
}

/** What a run tells, without its times. */
function told(run: Run, held: HeldOperations): readonly object[] {
  const events: BatchEvent[] = []
  run.subscribe((event) => events.push(event))
  held.succeed('a', 1)
  held.fail('b')
  return events.map((event) => ({ type: event.type, seq: event.seq, ...('id' in event && { id: event.id }) }))
}

function compiled(held: HeldOperations): CompiledPlan {
  const read = compilePlan(plan, held.operations)
  if (read._tag === 'Left') throw new Error('The plan of this spec has a fault.')
  return read.right
}

test('tells what runBatch tells of the same plan', () => {
  const [one, other] = [heldOperations(), heldOperations()]
  assert.equal(told(runCompiled(compiled(one)), one), told(runBatch(plan, { operations: other.operations }), other))
})

test('runs the same plan again: what was compiled holds no state of a run', () => {
  const held = heldOperations()
  const run = runCompiled(compiled(held))
  assert.equal(told(run, held), told(run, held))
})

test('every attempt knows the trace of the run: a child and an undo too', async () => {
  const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
  const seen: Record<string, unknown> = {}
  const type = (operation: string, coordinates: boolean, after: (context: AttemptContext) => Work<unknown>) => ({
    ...{ type: 'test', operation, summary: operation, params: record(anyJson), result: anyJson, effects: () => ({}), coordinates },
    perform: (_: unknown, context: AttemptContext) => {
      seen[operation] = context.trace
      return after(context)
    },
  })
  const operations = operationRegistry([
    type('parent', true, ({ child }) => child({ id: 'child', perform: (context) => (seen['child'] = context.trace) })),
    type('undo', false, () => null),
    type('fail', false, () => Promise.reject(new Error('it is meant to fail'))),
  ])
  const undone = {
    onFailure: 'rollback',
    operations: [
      { id: 'a', type: 'test', operation: 'parent', undo: { type: 'test', operation: 'undo' } },
      { id: 'b', type: 'test', operation: 'fail', dependencies: ['a'] },
    ],
  }
  const read = compilePlan(undone, operations)
  if (read._tag === 'Left') throw new Error('The plan of this spec has a fault.')
  await lastValueFrom(runCompiled(read.right, {}, { trace }))
  assert.equal(seen, { parent: trace, child: trace, fail: trace, undo: trace })
  await lastValueFrom(runCompiled(read.right))
  assert.equal(seen, { parent: undefined, child: undefined, fail: undefined, undo: undefined })
})

test('refuses an option that no timer could work with', () => {
  assert.throws(() => runCompiled(compiled(heldOperations()), { graceMs: -1 }), /graceMs: expected a whole number/)
})

test.run()
