import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import { standardOperations } from '../../../src/node.js'

const test = suite('conditions that compare two kinds')

const operations = standardOperations({ root: '.' })
const run = (id: string, more: object = {}): object => ({ id, type: 'shell.run', params: { command: ['true'] }, ...more })
const check = { id: 'check', type: 'file.stat', params: { path: 'a' } }

function faultsOf(condition: object, inputs: object = {}, first: object = {}): readonly string[] {
  const checked = compilePlan({ inputs, operations: [run('a', first), check, run('b', { if: condition })] }, operations)
  return checked._tag === 'Left' ? checked.left.map(describeFault) : []
}

const wrong: readonly (readonly [condition: object, fault: string, inputs?: object])[] = [
  [
    { $ref: 'a.exitCode', is: '1' },
    'operations[2].if.is: "a.exitCode" is a number, and never equals "1".\nCompare it with a number, without quotes.',
  ],
  [
    { $ref: 'a.exitCode', not: '1' },
    'operations[2].if.not: "a.exitCode" is a number, and never equals "1".\nCompare it with a number, without quotes.',
  ],
  [
    { $ref: 'a.exitCode', in: ['0', '1'] },
    'operations[2].if.in: "a.exitCode" is a number, and never equals "0".\nCompare it with a number, without quotes.',
  ],
  [
    { $ref: 'a.exitCode', is: 'ok' },
    'operations[2].if.is: "a.exitCode" is a number, and never equals "ok".\nCompare it with a number, without quotes.',
  ],
  [
    { $ref: 'a.exitCode', is: true },
    'operations[2].if.is: "a.exitCode" is a number, and never equals true.\nCompare it with a number, without quotes.',
  ],
  [{ $ref: 'a.stdout', is: 1 }, 'operations[2].if.is: "a.stdout" is text, and never equals 1.\nCompare it with text, in quotes.'],
  [
    { $ref: 'a.exitCode', default: 0, is: '1' },
    'operations[2].if.is: "a.exitCode" is a number, and never equals "1".\nCompare it with a number, without quotes.',
  ],
  [
    { $input: 'port', is: 8080 },
    'operations[2].if.is: "the input port" is text, and never equals 8080.\nCompare it with text, in quotes.',
    { port: '8080' },
  ],
  [
    { $input: 'port', is: 8080 },
    'operations[2].if.is: "the input port" is text, and never equals 8080.\nCompare it with text, in quotes.',
    { port: '9090' },
  ],
  [
    { $input: 'port', is: '8080' },
    'operations[2].if.is: "the input port" is a number, and never equals "8080".\nCompare it with a number, without quotes.',
    { port: 8080 },
  ],
  [
    { $input: 'deploy', is: 'true' },
    'operations[2].if.is: "the input deploy" is true or false, and never equals "true".\nCompare it with true or false, without quotes.',
    { deploy: false },
  ],
]
for (const [condition, fault, inputs] of wrong)
  test(`${JSON.stringify(condition)} of ${JSON.stringify(inputs ?? 'a result')} is a fault`, () =>
    assert.equal(faultsOf(condition, inputs), [fault]))

const right: readonly (readonly [condition: object, inputs?: object, first?: object])[] = [
  [{ $ref: 'a.exitCode', is: 1 }],
  [{ $ref: 'a.exitCode', in: ['1', 1] }],
  [{ $ref: 'a.exitCode', in: [] }],
  [{ $ref: 'a.exitCode', is: null }],
  [{ $ref: 'a.exitCode', default: 'none', is: 'none' }],
  [{ $ref: 'a.exitCode', is: '1' }, {}, { fallback: { value: { exitCode: '1' } } }],
  [{ $input: 'port', is: 'auto' }, { port: 8080 }],
  [{ $input: 'port', is: 8080 }, { port: 'auto' }],
  [{ $input: 'port', is: 8080 }, { port: null }],
  [{ $input: 'port', in: ['8080', 8080] }, { port: '8080' }],
]
for (const [condition, inputs, first] of right)
  test(`${JSON.stringify(condition)} of ${JSON.stringify(inputs ?? 'a result')} is none`, () =>
    assert.equal(faultsOf(condition, inputs, first), []))

test.run()
