import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Run } from '../../src/engine/run.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { runCompiled } from '../../src/engine/runCompiled.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { CompiledPlan } from '../../src/model/graph.js'
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

test('refuses an option that no timer could work with', () => {
  assert.throws(() => runCompiled(compiled(heldOperations()), { graceMs: -1 }), /graceMs: expected a whole number/)
})

test.run()
