import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isOperationId, OperationId } from '../../src/model/operationId.js'

const test = suite('an operation id')

const right = [
  'a',
  'build web',
  'v1.2.3',
  '@scope/pkg#build',
  'a[0]',
  'a-b',
  '0',
  '$x',
  '__proto__',
  '日本',
  '😀'.repeat(128),
  'a'.repeat(128),
  'a.b.',
  '.a',
  '"',
]
const wrong = [
  '',
  ' a',
  'a ',
  '\ta',
  'a\u00a0',
  '-a',
  '--all',
  'a=b',
  '=',
  'a\nb',
  'a\u0000',
  'a\u0085b',
  '\ud800',
  'a\udc00',
  'a'.repeat(129),
  '😀'.repeat(129),
]

const schema = new RegExp(OperationId.schema['pattern'] as string, 'u')

for (const id of right)
  test(`may be ${JSON.stringify(id.slice(0, 20))}`, () => {
    assert.ok(isOperationId(id))
    assert.ok(schema.test(id))
  })

for (const id of wrong)
  test(`may not be ${JSON.stringify(id.slice(0, 20))}`, () => {
    assert.not(isOperationId(id))
  })

for (const value of [undefined, null, 5, ['a']])
  test(`may not be ${JSON.stringify(value)}`, () => {
    assert.not(isOperationId(value))
  })

test.run()
