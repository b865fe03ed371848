import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { bench, notFound, aborted, abortedContext } from './findTree.js'

const test = suite('file search')

test('gives each line that holds the text once, with the first place in it', async () => {
  assert.equal(await bench.value('search', { text: 'two' }), {
    matches: [
      { path: 'a.ts', line: 2, column: 5, text: 'Two two' },
      { path: 'b/c.ts', line: 1, column: 1, text: 'two' },
      { path: 'b/d.js', line: 1, column: 3, text: 'x two' },
    ],
    paths: ['a.ts', 'b/c.ts', 'b/d.js'],
    files: 6,
  })
})

test('takes upper and lower case for the same when asked to', async () => {
  assert.equal(await bench.value('search', { text: 'tWO', path: 'a.ts', caseSensitive: false }), {
    matches: [{ path: 'a.ts', line: 2, column: 1, text: 'Two two' }],
    paths: ['a.ts'],
    files: 1,
  })
})

test('counts columns right where lower case is longer', async () => {
  const one = fileBench(tempTree({ a: 'İİ Here' }))
  const { matches } = (await one.value('search', { text: 'here', caseSensitive: false })) as { matches: readonly { column: number }[] }
  assert.is(matches[0]?.column, 4)
})

test('takes every character for itself', async () => {
  const one = fileBench(tempTree({ a: 'a.c (x)+ $1 \\d\nabc' }))
  for (const [text, column] of [
    ['a.c', 1],
    ['(x)+', 5],
    ['$1', 10],
    ['\\d', 13],
  ] as const)
    assert.equal(await one.value('search', { text }), {
      matches: [{ path: 'a', line: 1, column, text: 'a.c (x)+ $1 \\d' }],
      paths: ['a'],
      files: 1,
    })
})

test('gives the lines around, shared by matches that are near', async () => {
  const one = fileBench(tempTree({ a: '1\n2\nhit\nhit\n5\n6\n7' }))
  assert.equal(await one.value('search', { text: 'hit', context: 2 }), {
    matches: [
      { path: 'a', line: 3, column: 1, text: 'hit', before: ['1', '2'], after: ['hit', '5'] },
      { path: 'a', line: 4, column: 1, text: 'hit', before: ['2', 'hit'], after: ['5', '6'] },
    ],
    paths: ['a'],
    files: 1,
  })
})

test('looks only into files of the pattern', async () => {
  const { matches, files } = (await bench.value('search', { text: 'two', pattern: ['**/*.ts', '!a.ts'] })) as {
    matches: readonly { path: string }[]
    files: number
  }
  assert.equal([matches.map(({ path }) => path), files], [['b/c.ts'], 3])
})

test('stops at its limit and says so, only if there is more', async () => {
  const { matches, truncated } = (await bench.value('search', { text: 'two', limit: 2 })) as {
    matches: readonly unknown[]
    truncated?: boolean
  }
  assert.equal([matches.length, truncated], [2, true])
  assert.equal(Object.keys((await bench.value('search', { text: 'two', limit: 3 })) as object), ['matches', 'paths', 'files'])
})

test('finds text across the pieces of a line without end, and shows what is around it', async () => {
  const line = `${'x'.repeat(64 * 1024 * 4 - 3)}needle${'y'.repeat(300_000)}needle`
  const { matches } = (await fileBench(tempTree({ a: `${line}\nneedle` })).value('search', { text: 'needle' })) as {
    matches: readonly { line: number; column: number; text: string }[]
  }
  assert.equal(
    matches.map(({ line, column, text }) => [line, column, text.length, text.includes('needle')]),
    [
      [1, 64 * 1024 * 4 - 2, 400, true],
      [2, 1, 6, true],
    ],
  )
})

test('finds characters that a chunk of the file cuts in two', async () => {
  const one = fileBench(tempTree({ a: `${'é'.repeat(131_071)}x€uro` }))
  const { matches } = (await one.value('search', { text: '€uro' })) as { matches: readonly { column: number }[] }
  assert.equal(
    matches.map(({ column }) => column),
    [131_073],
  )
})

test('tells that its path is not there, and ends when it is aborted', async () => {
  assert.equal(await bench.error('search', { text: 'x', path: 'no' }), notFound('no'))
  assert.equal(await bench.error('search', { text: 'x' }, abortedContext()), aborted)
})

test('asks for text within a line', () => {
  for (const text of ['', 'a\nb', 'x'.repeat(1001)]) assert.is(bench.type('search').params.is({ text }), false)
})

const found = async (content: string, params: object): Promise<readonly (readonly [number, number])[]> => {
  const { matches } = (await fileBench(tempTree({ f: content })).value('search', { path: 'f', ...params })) as {
    matches: readonly { line: number; column: number }[]
  }
  return matches.map(({ line, column }) => [line, column] as const)
}

const expressions: readonly (readonly [string, string, readonly (readonly [number, number])[]])[] = [
  ['^import .* from', 'x\nimport a from "b"\n import c', [[2, 1]]],
  ['\\bfoo\\b', 'food\na foo\n', [[2, 3]]],
  [
    'fo{2,3}$',
    'foo\nfoooo\r\nxfooo\r\n',
    [
      [1, 1],
      [3, 2],
    ],
  ],
  [
    '(?i)TWO|THREE',
    'one\ntwo\nThree',
    [
      [2, 1],
      [3, 1],
    ],
  ],
  ['[[:digit:]]+', 'a\nb12', [[2, 2]]],
  ['\\p{Greek}', 'abc\nxα', [[2, 2]]],
  [
    '.',
    '😀\n\nx',
    [
      [1, 1],
      [3, 1],
    ],
  ],
  ['é', 'aé\n', [[1, 2]]],
]
for (const [text, content, due] of expressions)
  test(`finds by expression ${text}`, async () => assert.equal(await found(content, { text, regex: true }), due))

test('an expression takes upper and lower case for the same when asked to, and without regex every character is itself', async () => {
  assert.equal(await found('ABC', { text: 'a.c', regex: true, caseSensitive: false }), [[1, 1]])
  assert.equal(await found('abc\na.c', { text: 'a.c' }), [[2, 1]])
})

for (const [text, hint] of [
  ['(?=a)b', 'Look-ahead and look-behind are not supported'],
  ['(?<=a)b', 'Look-ahead and look-behind are not supported'],
  ['(a)\\1', 'Back-references are not supported'],
  ['\\u00e9', 'Write a character by its number as \\x{e9}'],
  ['[^]', 'Write (?s:.) for any character'],
  ['a{1001}', 'Repeat at most 1000 times'],
  ['\\p{Script=Greek}', 'Write a script or category by its name alone'],
  ['\\y', 'Only letters with a meaning can follow'],
  ['(', 'Correct the expression'],
] as const)
  test(`says how to write ${text}`, async () => {
    const { type, message, at } = (await bench.error('search', { text, regex: true })) as { type: string; message: string; at: unknown }
    assert.equal([type, at], ['invalid-params', ['text']])
    assert.match(message, /^text is not a regular expression in RE2 syntax: /)
    assert.ok(message.includes(hint), message)
  })

test('expressions that keep others busy for minutes end at once', async () => {
  const long = 'a'.repeat(60_000)
  const started = performance.now()
  for (const text of ['(a+)+$', '(a|aa)+$', '(a|a?)+$', '(.*a){12}$', '(a*)*b', '^(([a-z])+.)+[A-Z]([a-z])+$'])
    await found(`${long}!\n`, { text, regex: true })
  assert.ok(performance.now() - started < 60_000, `${performance.now() - started} ms`)
})

test('a line that would cost an expression too much is named, the others are searched', async () => {
  const one = fileBench(tempTree({ f: `x\n${'a'.repeat(2_000_000)}\nab` }))
  assert.equal(await one.value('search', { text: 'ab', regex: true }), {
    matches: [{ path: 'f', line: 3, column: 1, text: 'ab' }],
    paths: ['f'],
    files: 1,
    notSearched: [{ path: 'f', line: 2 }],
  })
  const costly = (await one.value('search', { text: '(?:[ab]{1,30}){1,30}c', regex: true })) as { notSearched: readonly unknown[] }
  assert.equal(costly.notSearched, [{ path: 'f', line: 2 }])
})

test('gives way while it searches, and ends when it is cancelled', async () => {
  const controller = new AbortController()
  const one = fileBench(
    tempTree(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}`, 'line of text\n'.repeat(2_000)]))),
  )
  let turns = 0
  const timer = setInterval(() => ++turns === 3 && controller.abort(), 1)
  const context = attemptContext({ signal: controller.signal })
  const error = (await one.error('search', { text: '(x+x+)+y', regex: true }, context)) as { message: string }
  clearInterval(timer)
  assert.match(error.message, 'aborted')
})

test.run()
