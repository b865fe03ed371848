import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { expandBraces } from '../../../../src/operations/file/find/expandBraces.js'
import { pathMatcher } from '../../../../src/operations/file/find/pathMatcher.js'

const test = suite('patterns of paths')

const matches = (patterns: readonly string[], path: string, dot = false): boolean => {
  const matcher = pathMatcher(patterns, dot)
  return matcher.isWhole(path.split('/').reduce((state, name) => matcher.next(state, name), matcher.start))
}

const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['a', ['a'], ['b', 'a/a', 'aa']],
  ['*', ['a', 'a.b'], ['.a', 'a/b']],
  ['.*', ['.a'], ['a', 'a/.a']],
  ['a*b', ['ab', 'axb', 'aabb'], ['a', 'abc', 'a/b']],
  ['?', ['a', '😀', 'é'], ['', 'ab', '.']],
  ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
  ['[!a]x', ['bx', '!x'], ['ax']],
  ['[^a]x', ['bx'], ['ax']],
  ['[]a]', [']', 'a'], ['b']],
  ['[a-]', ['a', '-'], ['b']],
  ['[\\]]', [']'], ['\\']],
  ['[', ['['], ['a']],
  ['[a', ['[a'], ['a']],
  ['**', ['a', 'a/b', 'a/b/c'], ['.a', 'a/.b', '.a/b']],
  ['**/a', ['a', 'x/a', 'x/y/a'], ['ab', 'x/ab', '.x/a']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'ab', 'b/a']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab', 'a/b/c']],
  ['**/*.ts', ['a.ts', 'x/a.ts'], ['a.tsx', 'x/.a.ts']],
  ['a**b', ['ab', 'axb'], ['a/b']],
  ['{a,b}', ['a', 'b'], ['c', '{a,b}']],
  ['{a,b/c}.x', ['a.x', 'b/c.x'], ['b.x']],
  ['a{,b}', ['a', 'ab'], ['b']],
  ['{1..3}', ['1', '3'], ['4', '{1..3}']],
  ['{c..a}', ['a', 'b', 'c'], ['d']],
  ['{a{b,c},d}', ['ab', 'ac', 'd'], ['a']],
  ['{a}', ['{a}'], ['a']],
  ['{a', ['{a'], ['a']],
  ['a}', ['a}'], ['a']],
  ['\\*', ['*'], ['a']],
  ['\\{a,b\\}', ['{a,b}'], ['a']],
  ['(a|b)', ['(a|b)'], ['a']],
  ['+(a)', ['+(a)'], ['a', 'aa']],
  ['./a', ['a'], ['./b']],
  ['a//b', ['a/b'], []],
  ['a/', [], ['a', 'a/b']],
  ['**/', [], ['a', 'a/b']],
]
for (const [pattern, yes, no] of rows)
  test(JSON.stringify(pattern), () => {
    for (const path of yes) assert.ok(matches([pattern], path), path)
    for (const path of no) assert.not.ok(matches([pattern], path), path)
  })

test('dot: true lets wildcards stand for names that begin with a dot', () => {
  for (const [pattern, path] of [
    ['*', '.a'],
    ['**', 'x/.a/b'],
    ['**/a', '.x/a'],
    ['?a', '.a'],
    ['[.]a', '.a'],
  ] as const) {
    assert.ok(matches([pattern], path, true))
    assert.not.ok(matches([pattern], path))
  }
})

/** The same by definition: every way to share out the names and characters is tried. */
function byDefinition(segments: readonly string[], names: readonly string[]): boolean {
  const [segment, ...rest] = segments
  if (segment === undefined) return names.length === 0
  const [name, ...others] = names
  if (segment === '**' && byDefinition(rest, names) && !(rest.length === 0 && names.length === 0)) return true
  if (name === undefined) return false
  if (segment === '**') return !name.startsWith('.') && (byDefinition(segments, others) || (rest.length === 0 && others.length === 0))
  return (segment.startsWith('.') || !name.startsWith('.')) && nameByDefinition(segment, name) && byDefinition(rest, others)
}

function nameByDefinition(segment: string, name: string): boolean {
  if (segment === '') return name === ''
  if (segment.startsWith('*')) return nameByDefinition(segment.slice(1), name) || (name !== '' && nameByDefinition(segment, name.slice(1)))
  return name !== '' && (segment.startsWith('?') || segment[0] === name[0]) && nameByDefinition(segment.slice(1), name.slice(1))
}

test('any pattern of stars and letters matches what its definition says', () => {
  const segment = fc.oneof({ weight: 1, arbitrary: fc.constant('**') }, { weight: 2, arbitrary: fc.stringMatching(/^[ab.*?]{1,4}$/) })
  const name = fc.stringMatching(/^[ab.]{1,4}$/)
  let matched = 0
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.array(name, { minLength: 1, maxLength: 4 }), (segments, names) => {
      fc.pre(![...segments, ...names].some((each) => each === '.' || each === '..'))
      const due = byDefinition(
        segments.map((each) => (each === '**' ? each : each.replaceAll(/\*+/g, '*'))),
        names,
      )
      matched += Number(due)
      assert.is(matches([segments.join('/')], names.join('/')), due)
    }),
    { numRuns: 20_000 },
  )
  assert.ok(matched > 500, `only ${matched} matched`)
})

test('time grows with the name and the pattern, whatever it says', () => {
  const long = 'a'.repeat(255)
  const deep = Array.from({ length: 20 }, () => 'a').join('/')
  const started = performance.now()
  for (const pattern of ['*a*a*a*a*a*a*a*a*b', `${'*a'.repeat(100)}b`, '[a]*[a]*[a]*[a]*b', `${'?*'.repeat(200)}b`])
    assert.not.ok(matches([pattern], long))
  for (const pattern of ['**/*a*/**/*a*/**/*a*b', `${'**/a/'.repeat(50)}b`, `${'**/*/'.repeat(15)}b`])
    assert.not.ok(matches([pattern], deep))
  assert.ok(matches([`${'**/*/'.repeat(5)}a`], deep))
  assert.ok(performance.now() - started < 30_000, `${performance.now() - started} ms`)
})

test('braces that are never closed cost no more than their letters', () => {
  const started = performance.now()
  assert.equal(expandBraces('{a,'.repeat(300), 100), ['{a,'.repeat(300)])
  assert.throws(
    () => expandBraces('{a,b}'.repeat(7), 100),
    (error: Error) => error.name === 'TooManyAlternatives',
  )
  assert.ok(performance.now() - started < 20_000)
})

test.run()
