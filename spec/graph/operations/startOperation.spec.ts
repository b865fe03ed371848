import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CompileOptions } from '../../../src/graph/compilePlan.js'
import { OperationFailure, type OperationError } from '../../../src/model/operationError.js'
import { compiled, context, resultsOf } from '../../support/graphs.js'

const test = suite('an attempt of a plan')

const earlier = [
  { id: 'a', type: 'test', operation: 'echo' },
  { id: 'b', type: 'test', operation: 'echo' },
]

interface Started {
  readonly result: unknown
  readonly concealed: readonly string[]
  readonly secret: boolean
}

const startLast = (operation: object, values: { readonly [id: string]: unknown } = {}, options?: CompileOptions): Started => {
  const { operations } = compiled([...earlier, { id: 'last', ...operation }], options).graph
  const last = operations[2]!
  const results = resultsOf(operations, values)
  return { result: last.start(last, context, results), concealed: results.concealed, secret: last.secret }
}
const echo = (value: unknown, values?: { readonly [id: string]: unknown }, options?: CompileOptions): unknown =>
  startLast({ type: 'test', operation: 'echo', params: { value } }, values, options).result
const failure = (start: () => unknown): OperationError => {
  try {
    start()
  } catch (error) {
    if (error instanceof OperationFailure) return error.error
    throw error
  }
  return assert.unreachable('it did not fail') as never
}
const write = (params: object, values?: { readonly [id: string]: unknown }, options?: CompileOptions) =>
  startLast({ type: 'file', operation: 'write', params: { path: 'x', content: 'x', ...params } }, values, options)

const whole = { name: 'x', list: [1, { deep: true }], none: null }

const rows: readonly (readonly [title: string, value: unknown, values: { readonly [id: string]: unknown }, made: unknown])[] = [
  ['a reference becomes the value, its type kept', { $ref: 'a.n' }, { a: { n: 5 } }, 5],
  ['a reference without keys becomes the whole result', { $ref: 'a' }, { a: whole }, whole],
  ['a reference reaches into lists', { $ref: 'a.list.1.deep' }, { a: whole }, true],
  ['a list of keys reaches odd names', { $ref: ['a', 'x.y', '', 0] }, { a: { 'x.y': { '': ['z'] } } }, 'z'],
  ['null is a value', { $ref: 'a.none', default: 1 }, { a: whole }, null],
  ['a default stands in for a missing key', { $ref: 'a.gone', default: [1] }, { a: whole }, [1]],
  ['a default stands in for a missing result', { $ref: 'a.gone', default: [1] }, {}, [1]],
  ['a default is not searched', { $ref: 'a.gone', default: { $ref: 'b' } }, {}, { $ref: 'b' }],
  ['a literal is not searched', [{ $ref: 'a.n' }, { $literal: { $ref: 'b' } }], { a: { n: 1 } }, [1, { $ref: 'b' }]],
  ['a result is not searched', { $ref: 'a' }, { a: { $ref: 'b' } }, { $ref: 'b' }],
  ['a template writes text as it is', { $template: '{{a.name}} of {{ b }}!' }, { a: whole, b: 'y' }, 'x of y!'],
  [
    'a template writes all else as JSON',
    { $template: '{{a.n}} {{a.t}} {{b}}' },
    { a: { n: 1.5, t: true }, b: [null, { x: 1 }] },
    '1.5 true [null,{"x":1}]',
  ],
  ['what a template puts in is not searched', { $template: '{{a}}' }, { a: '{{b}}' }, '{{b}}'],
  ['hostile keys are data', JSON.parse('{"__proto__": {"$ref": "a"}}'), { a: 1 }, JSON.parse('{"__proto__": 1}')],
]

for (const [title, value, values, made] of rows)
  test(title, () => {
    assert.equal(JSON.stringify(echo(value, values)), JSON.stringify(made))
  })

test('a value passed on is the very same', () => {
  assert.is(echo({ $ref: 'a' }, { a: whole }), whole)
})

test('a key that every object inherits leads to nothing', () => {
  assert.equal(
    failure(() => echo({ $ref: 'a.constructor' }, { a: {} })),
    {
      type: 'invalid-params',
      message:
        'params.value: the reference "a.constructor" has no value: the result of "a" has no "constructor".\nRefer to a value that is always present, or add a "default".',
      retryable: false,
      at: ['value'],
      reference: 'a.constructor',
    },
  )
})

test('says what there is beside a missing key', () => {
  assert.is(
    failure(() => echo([{ $template: '{{a.nam}}' }], { a: whole })).message,
    'params.value[0]: the reference "a.nam" has no value: the result of "a" has no "nam"; it has: name, list, none.\nRefer to a value that is always present, or add a "default".',
  )
})

test('a value that does not fit names the field, the reference and the value', () => {
  assert.equal(
    failure(() => write({ content: { $ref: 'a.n' } }, { a: { n: 5 } })),
    {
      type: 'invalid-params',
      message: 'params.content: expected text for "file.write", received 5.\nIt came from the reference "a.n": refer to a value that fits.',
      retryable: false,
      at: ['content'],
      reference: 'a.n',
    },
  )
})

test('parameters that are a result as a whole are checked as a whole', () => {
  assert.equal(
    failure(() => startLast({ type: 'file', operation: 'write', params: { $ref: 'a' } }, { a: { path: 'x', contnt: '' } })),
    {
      type: 'invalid-params',
      message: 'params.contnt: "file.write" takes no "contnt" here.\nIt came from the reference "a": refer to a value that fits.',
      retryable: false,
      at: ['contnt'],
      reference: 'a',
    },
  )
})

test('finds the reference inside a list that does not fit', () => {
  const { message, ...error } = failure(() =>
    startLast({ type: 'shell', operation: 'run', params: { command: ['ls', { $ref: 'a.0' }] } }, { a: [[]] }),
  )
  assert.equal(error, { type: 'invalid-params', retryable: false, at: ['command', 1], reference: 'a.0' })
  assert.is(
    message,
    'params.command[1]: expected text for "shell.run", received [].\nIt came from the reference "a.0": refer to a value that fits.',
  )
})

const secrets = (name: string): string | undefined => ({ NAME: 'hunter2', NUMBER: '5' })[name]

test('a secret is read at the attempt, and told to be kept out of sight', () => {
  assert.equal(write({ content: { $secret: 'NAME' } }, {}, { secrets }), {
    result: { path: 'x', bytes: 7 },
    concealed: ['hunter2'],
    secret: true,
  })
})

test('a missing secret names its variable', () => {
  assert.equal(
    failure(() => write({ content: { $secret: 'NOBODY' } }, {}, { secrets })),
    {
      type: 'invalid-params',
      message: 'params.content: the environment variable "NOBODY" is not set.\nSet it before starting the run.',
      retryable: false,
      at: ['content'],
      reference: 'NOBODY',
    },
  )
})

test('secrets come from the environment when nothing else is given', () => {
  process.env['MILLRACE_SPEC_SECRET'] = 'from outside'
  assert.is(echo({ $secret: 'MILLRACE_SPEC_SECRET' }), 'from outside')
  delete process.env['MILLRACE_SPEC_SECRET']
})

test('a secret that does not fit is not shown', () => {
  const plan = { type: 'file', operation: 'write', params: { path: { $secret: 'EMPTY' }, content: '' } }
  const { message } = failure(() => startLast(plan, {}, { secrets: () => '' }))
  assert.is(
    message,
    'params.path: expected text that is not empty for "file.write", received a value that is not shown.\nIt came from the variable "EMPTY": refer to a value that fits.',
  )
})

test('text under a secret field name is told at each attempt, also without references', () => {
  const env = { TOKEN: 'the first', 'api-key': 'the second', MY_TOKEN: 'the third', PATH: 'the path', Authorization: '', cookie: 'short' }
  assert.equal(startLast({ type: 'shell', operation: 'run', params: { command: ['ls'], env } }).concealed, [
    'the first',
    'the second',
    'the third',
  ])
})

test('text that a reference puts under a secret field name is told as well', () => {
  const value = { headers: { authorization: { $template: 'Bearer {{a}}' }, accept: { $ref: 'b' } }, password: [{ $ref: 'b' }] }
  const { concealed, secret } = startLast({ type: 'test', operation: 'echo', params: { value } }, { a: 't1', b: 'the second' })
  assert.equal({ concealed, secret }, { concealed: ['Bearer t1', 'the second'], secret: true })
})

test('an operation without secrets tells nothing', () => {
  assert.equal(write({ content: { $ref: 'a' } }, { a: 'text' }), { result: { path: 'x', bytes: 4 }, concealed: [], secret: false })
})

test.run()
