import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { locateFaults } from '../../../src/cli/planFile/locateFaults.js'
import type { PlanFault, PlanPath } from '../../../src/model/fault/fault.js'

const test = suite('locateFaults')

const json = `{
  "operations": [
    { "id": "a", "type": "file",
      "operation": "read", "parms": {} }
  ]
}`
const yaml = `operations:
  - &one
    id: a
    type: file
    params:
      path:
  - *one
`
const unknownField = (at: PlanPath): PlanFault => ({ type: 'unknown-field', at, field: String(at.at(-1)), known: [] })
const badValue = (at: PlanPath): PlanFault => ({ type: 'invalid-value', at, expected: 'text', received: 1 })

async function places(text: string, faults: readonly PlanFault[]): Promise<readonly (string | undefined)[]> {
  const located = await locateFaults(faults, { file: 'f', text })
  return located.map(({ place }) => place && `${place.file}:${place.line}:${place.column}`)
}

test('a value is found where it begins, an unknown field at its name', async () => {
  assert.equal(await places(json, [badValue(['operations', 0, 'id']), unknownField(['operations', 0, 'parms'])]), ['f:3:13', 'f:4:28'])
})

test('what is missing is found at the nearest value around it', async () => {
  assert.equal(await places(json, [badValue(['operations', 0, 'when']), badValue(['operations', 7]), badValue([])]), [
    'f:3:5',
    'f:2:17',
    'f:1:1',
  ])
})

test('works in YAML: an empty value is found, and of an alias the place where it is used', async () => {
  const [empty, alias] = await places(yaml, [badValue(['operations', 0, 'params', 'path']), badValue(['operations', 1, 'params'])])
  assert.is(empty, 'f:6:12')
  assert.is(alias, 'f:7:5')
})

test('in a list alone, which is the operations of a plan, as well', async () => {
  const list = '[\n  { "type": "file", "operation": "wirte" },\n  { "parms": {} }\n]'
  const faults = [badValue(['operations', 0, 'operation']), unknownField(['operations', 1, 'parms']), badValue(['operations', 1])]
  assert.equal(await places(list, faults), ['f:2:34', 'f:3:5', 'f:3:3'])
})

test('a place that is known already is kept', async () => {
  const place = { file: 'g', line: 9, column: 9 }
  assert.equal(await places(json, [{ ...badValue([]), place }, badValue([])]), ['g:9:9', 'f:1:1'])
})

test('a very long text is not read again', async () => {
  assert.equal(await places(`${' '.repeat(8 * 1024 * 1024)}${json}`, [badValue([])]), [undefined])
})

test.run()
