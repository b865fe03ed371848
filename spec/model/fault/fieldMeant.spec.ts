import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePlan } from '../../../src/graph/read/decodePlan.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import { fieldMeant } from '../../../src/model/fault/fieldMeant.js'

const test = suite('the field that a name means')

const settings = ['type', 'operation', 'id', 'params', 'each', 'dependencies', 'when', 'timeoutMs', 'retry']

for (const [given, meant] of [
  ['dependsOn', 'dependencies'],
  ['depends_on', 'dependencies'],
  ['needs', 'dependencies'],
  ['deps', 'dependencies'],
  ['dependancies', 'dependencies'],
  ['timeout', 'timeoutMs'],
  ['retries', 'retry'],
  ['matrix', 'each'],
  ['with', 'params'],
] as const)
  test(`"${given}" of another tool is "${meant}"`, () => assert.is(fieldMeant(given, settings), meant))

test('a name whose meaning has no field here is no slip of another', () => {
  assert.is(fieldMeant('cmd', ['cwd', 'env']), undefined)
  assert.is(fieldMeant('cmd', ['command', 'cwd']), 'command')
})

test('the fault of a plan asks for the field that is meant', () => {
  const plan = { operations: [{ type: 'file', operation: 'read', params: { path: 'a' }, needs: ['b'] }] }
  const decoded = decodePlan(plan)
  assert.ok(decoded._tag === 'Left')
  assert.match(describeFault(decoded.left[0]), /^operations\[0\]\.needs: there is no field "needs" here\.\nDid you mean "dependencies"\? /)
})

test('and so for the plan itself', () => {
  const decoded = decodePlan({ steps: [] })
  assert.ok(decoded._tag === 'Left')
  const texts = decoded.left.map(describeFault).join('\n')
  assert.match(texts, /Did you mean "operations"\?/)
})

test.run()
