import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { choosePart, type PartFlags } from '../../../src/cli/planFile/choosePart.js'
import { setInputs } from '../../../src/cli/planFile/setInputs.js'
import { compiled } from '../../support/graphs.js'

const test = suite('a part of a plan')

const echo = (id: string | undefined, settings: object = {}) => ({ ...(id !== undefined && { id }), type: 'test.echo', ...settings })
const plan = {
  returns: ['build', 'lint'],
  operations: [
    echo(undefined),
    echo('lint'),
    echo('version'),
    echo('build', { dependencies: ['op1'] }),
    echo('test', { dependencies: ['build', 'lint'] }),
    echo('tag', { dependencies: ['test'], params: { value: { $ref: 'version' } } }),
  ],
}

function chosen(flags: PartFlags, whole: object = plan): unknown {
  const part = choosePart(whole, compiled(whole), flags)
  if (part._tag === 'Left') return part.left
  const { operations } = part.right as {
    readonly operations: readonly { readonly id: string; readonly dependencies?: readonly string[] }[]
  }
  compiled(part.right)
  return operations.map(({ id, dependencies = [] }) => `${id}${dependencies.length > 0 ? ` after ${dependencies.join()}` : ''}`)
}

const rows: readonly (readonly [flags: PartFlags, operations: unknown])[] = [
  [{ only: ['test'] }, ['op1', 'lint', 'build after op1', 'test after build,lint']],
  [{ only: ['version', 'lint'] }, ['lint', 'version']],
  [{ from: ['build'], skip: ['tag'] }, ['build', 'test after build']],
  [{ skip: ['lint'] }, ['op1', 'version', 'build after op1', 'test after build', 'tag after test']],
  [{ only: ['test'], skip: ['op1', 'lint'] }, ['build', 'test after build']],
  [{ from: ['version'] }, ['version', 'tag']],
]
for (const [flags, operations] of rows) test(JSON.stringify(flags), () => assert.equal(chosen(flags), operations))

test('names an operation that there is not', () => {
  assert.is(
    chosen({ only: ['biuld'] }),
    '--only: no operation is called "biuld". Did you mean "build"? This plan has: op1, lint, version, build, test, tag.',
  )
})

test('refuses to leave out what another refers to', () => {
  assert.is(
    chosen({ from: ['test'] }),
    '"tag" refers to the result of "version", which is left out. Use --only tag, which also runs what it needs, or leave out "tag" too.',
  )
})

const withServices = {
  operations: [
    echo('db', { service: true, ready: { port: 1 } }),
    echo('api', { service: true, ready: { port: 2 }, dependencies: ['db'] }),
    echo('test', { dependencies: ['api'] }),
    echo('lint'),
  ],
}
const serving: readonly (readonly [flags: PartFlags, operations: unknown])[] = [
  [{ only: ['test'] }, ['db', 'api after db', 'test after api']],
  [{ skip: ['test'] }, ['lint']],
  [{ only: ['lint'] }, ['lint']],
  [{ from: ['db'] }, ['db', 'api after db', 'test after api']],
  [
    { only: ['db'] },
    'no operation that depends on the service "db" would run, and it would end as soon as it is ready. Choose one that depends on it: --only api.',
  ],
]
for (const [flags, operations] of serving)
  test(`with services ${JSON.stringify(flags)}`, () => assert.equal(chosen(flags, withServices), operations))

const inputs = { inputs: { target: 'web', count: 3, list: ['a'] }, operations: [] }
const after = (...sets: readonly string[]): unknown => {
  const set = setInputs(inputs, sets)
  return set._tag === 'Left' ? set.left : (set.right as typeof inputs).inputs
}

test('inputs are text where the default is, else JSON', () => {
  assert.equal(after('target=5', 'count=5', 'list=["b"]'), { target: '5', count: 5, list: ['b'] })
  assert.equal(after('target=a=b'), { ...inputs.inputs, target: 'a=b' })
  assert.equal(after('target='), { ...inputs.inputs, target: '' })
})

test('an input that there is not, or that does not fit, is told of', () => {
  assert.is(after('tagret=x'), '--set: the plan has no input "tagret". Did you mean "target"? It has: target, count, list.')
  assert.is(
    after('count=many'),
    '--set count: the value must be JSON, such as 5, true or ["a"], because the default of this input is not text.',
  )
  assert.is(after('target'), '--set target: expected name=value.')
})

test.run()
