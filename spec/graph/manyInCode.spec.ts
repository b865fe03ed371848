import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { operation } from '../../src/model/code/createOperation.js'
import { describeFault } from '../../src/model/fault/describeFault.js'

const test = suite('more operations than a message may hold')

const count = 100_001
const inCode = Array.from({ length: count }, (_, index) => operation(`o${index}`, () => index))

test('are fine when they were made in code', () => {
  const compiled = compilePlan(inCode, new Map())
  assert.is(compiled._tag === 'Right' && compiled.right.graph.operations.length, count)
})

test('are refused when one of them is data', () => {
  const compiled = compilePlan([...inCode.slice(1), { type: 'file', operation: 'read', params: { path: 'a' } }], new Map())
  assert.equal(compiled._tag === 'Left' && compiled.left.map(describeFault), [
    'operations: 100,001 operations are more than the 100,000 allowed in one plan.\nSplit the plan, or stream its operations.',
  ])
})

test.run()
