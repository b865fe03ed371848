import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { referenceCheck } from '../../../src/graph/params/referenceCheck.js'
import { readTemplate } from '../../../src/graph/params/template.js'
import { inputsOf } from '../../../src/graph/params/inputs.js'
import { FaultList } from '../../../src/model/fault/faultList.js'
import { faultsOf } from '../../support/graphs.js'

const test = suite('templates')

test('what is written many times in one template is looked up and checked once', () => {
  const looked = (times: number): number => {
    let looks = 0
    const find = (id: string) => (looks++, id === 'a' ? { index: 0, operationType: undefined, fallback: undefined } : undefined)
    const faults = new FaultList()
    const referrer = { when: 'success', operationType: undefined, others: { find, ids: () => ['a'] }, items: undefined } as const
    const reader = referenceCheck({ ...referrer, inputs: inputsOf(undefined, faults) }, new Set<number>(), faults)
    const parts = readTemplate('{{a.path}} and '.repeat(times), reader.scope)
    assert.ok(typeof parts !== 'string' && reader.check({ type: 'template', parts }, []))
    return looks
  }
  assert.is(looked(1_000), looked(2))
})

test('one that is wrong twice in one template is one fault', () => {
  const plan = [
    { id: 'a', type: 'test', operation: 'echo' },
    { id: 'b', type: 'test', operation: 'echo', params: { value: { $template: '{{x.y}} {{x.y}} {{a.value}}' } } },
  ]
  assert.is(faultsOf(plan).length, 1)
})

test.run()
