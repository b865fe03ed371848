import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decided, failed, made, once, type Case } from './logOf.js'

const test = suite('results that are given to a run that resumes another one')

const plan = [made('made'), once('use', { params: { x: { $ref: 'made.path' } } })]
const log = { made: failed, use: { type: 'skipped', reason: 'dependency' } } as const

const texts = (given: unknown, more: Partial<Case> = {}): readonly string[] => {
  const told = decided({ plan, log, kind: 'retry', choices: { done: { made: given } }, ...more })
  return 'texts' in told ? told.texts : []
}

const needed = '"use" needs "made.path", and it has no such value'
const rows: readonly (readonly [given: unknown, reason: string | undefined])[] = [
  [{ path: 'a', bytes: 1 }, undefined],
  // What nobody refers to may be left out.
  [{ path: 'a' }, undefined],
  [{ bytes: 1 }, needed],
  [undefined, needed],
  [null, needed],
  ['a', 'Expected what was made, received "a"'],
  [{ path: 5 }, 'path: expected text, received 5'],
  [{ path: 'a', byte: 1 }, 'byte: there is no field "byte" here. Did you mean "bytes"? The fields are: path, bytes, mode'],
]
for (const [given, reason] of rows)
  test(`${JSON.stringify(given)} ${reason === undefined ? 'fits' : 'does not fit, and the fault says why'}`, () => {
    const expected =
      reason === undefined
        ? []
        : [
            `The result given for "made" is not valid: ${reason}.\nGive another one with --done made=JSON, or run it again with --rerun made.`,
          ]
    assert.equal(texts(given), expected)
  })

test('none is needed where nobody refers to it, or by a default', () => {
  assert.equal(texts(undefined, { plan: [made('made'), once('use', { dependencies: ['made'] })] }), [])
  const byDefault = once('use', { params: { x: { $ref: 'made.path', default: 1 } }, when: 'settled' })
  assert.equal(texts(undefined, { plan: [made('made'), byDefault] }), [])
})

test('what refers to it and is taken over too needs none', () => {
  const states = {
    made: { type: 'open', attempt: 1 },
    use: { type: 'succeeded', value: 1, from: 'old' },
    last: { type: 'waiting' },
  } as const
  assert.equal(texts(undefined, { plan: [...plan, once('last')], log: states }), [])
})

test('a template needs it as well', () => {
  const use = once('use', { params: { x: { $template: 'at {{made.path}}' } } })
  assert.match(texts({ bytes: 1 }, { plan: [made('made'), use] })[0] ?? '', needed)
})

test('of a fan-out it is a list', () => {
  const each = made('made', { each: [1, 2] })
  const use = once('use', { dependencies: ['made'] })
  assert.equal(texts([{ path: 'a', bytes: 1 }], { plan: [each, use] }), [])
  assert.match(texts({ path: 'a' }, { plan: [each, use] })[0] ?? '', 'it must be a list, with a value for each item')
})

test.run()
