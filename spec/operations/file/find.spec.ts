import { chmodSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const root = tempTree({
  'a.ts': 'one\nTwo two\r\nthree\n',
  'b/c.ts': 'two\n',
  'b/d.js': 'x two',
  'b-b/e.ts': '',
  '.hidden/f.ts': 'two',
  'app/(group)/[id].ts': '',
  'bytes.bin': Buffer.from([116, 119, 111, 0]),
  link: { link: 'b' },
})
const bench = fileBench(root)
const notFound = (path: string) => ({ type: 'not-found', message: `${path}: there is nothing at this path.`, retryable: false, what: path })
const aborted = { type: 'thrown', message: 'AbortError: This operation was aborted', retryable: true }
const abortedContext = () => attemptContext({ signal: AbortSignal.abort() })

const list = suite('file list')

list('gives what is in a folder, sorted by name', async () => {
  assert.equal(await bench.value('list', { path: 'b' }), {
    path: 'b',
    entries: [
      { path: 'b/c.ts', name: 'c.ts', kind: 'file', bytes: 4 },
      { path: 'b/d.js', name: 'd.js', kind: 'file', bytes: 5 },
    ],
  })
})

const pathsIn = async (params: object): Promise<readonly string[]> =>
  ((await bench.value('list', params)) as { entries: readonly { path: string }[] }).entries.map(({ path }) => path)

list('starts at the first root when no path is given', async () => {
  assert.equal(await pathsIn({}), ['.hidden', 'a.ts', 'app', 'b', 'b-b', 'bytes.bin', 'link'])
})

list('gives each folder just before what it holds', async () => {
  assert.equal(await pathsIn({ recursive: true }), [
    '.hidden',
    '.hidden/f.ts',
    'a.ts',
    'app',
    'app/(group)',
    'app/(group)/[id].ts',
    'b',
    'b/c.ts',
    'b/d.js',
    'b-b',
    'b-b/e.ts',
    'bytes.bin',
    'link',
  ])
})

list('names what is behind a link by the link', async () => {
  assert.equal(await pathsIn({ path: 'link' }), ['link/c.ts', 'link/d.js'])
})

list('stops at its limit and says so, only if there is more', async () => {
  const { entries, truncated } = (await bench.value('list', { recursive: true, limit: 2 })) as {
    entries: readonly unknown[]
    truncated: boolean
  }
  assert.equal([entries.length, truncated], [2, true])
  assert.equal(Object.keys((await bench.value('list', { path: 'b', limit: 2 })) as object), ['path', 'entries'])
})

list('refuses a file and what is not there', async () => {
  assert.equal(await bench.error('list', { path: 'a.ts' }), {
    type: 'system',
    code: 'ENOTDIR',
    message: 'a.ts is a file. Name a folder.',
    retryable: false,
    path: 'a.ts',
  })
  assert.equal(await bench.error('list', { path: 'no' }), notFound('no'))
})

list('ends when it is aborted', async () => assert.equal(await bench.error('list', { recursive: true }, abortedContext()), aborted))

list.run()

const stat = suite('file stat')

stat('tells kind, size, mode and age', async () => {
  chmodSync(join(root, 'b/d.js'), 0o4640)
  utimesSync(join(root, 'b/d.js'), 1, 1_700_000_000.5)
  assert.equal(await bench.value('stat', { path: 'b/d.js' }), {
    path: 'b/d.js',
    kind: 'file',
    bytes: 5,
    mode: '640',
    modifiedAt: 1_700_000_000_500,
  })
  const kinds = await Promise.all(['.', 'b', 'link'].map(async (path) => ((await bench.value('stat', { path })) as { kind: string }).kind))
  assert.equal(kinds, ['folder', 'folder', 'link'])
})

stat('tells that nothing is there', async () => assert.equal(await bench.error('stat', { path: 'no' }), notFound('no')))

stat.run()

const glob = suite('file glob')

const globs: readonly (readonly [string, object, readonly string[]])[] = [
  ['files anywhere', { pattern: '**/*.ts' }, ['a.ts', 'app/(group)/[id].ts', 'b-b/e.ts', 'b/c.ts']],
  ['names with a dot too', { pattern: '**/*.ts', dot: true }, ['.hidden/f.ts', 'a.ts', 'app/(group)/[id].ts', 'b-b/e.ts', 'b/c.ts']],
  ['several patterns', { pattern: ['b/*.{ts,js}', 'a.??'] }, ['a.ts', 'b/c.ts', 'b/d.js']],
  ['less what is ignored', { pattern: '**', ignore: ['**/*.js', 'app/**'] }, ['a.ts', 'b-b/e.ts', 'b/c.ts', 'bytes.bin']],
  ['less what a ! takes away', { pattern: ['b/*', '!**/c.*'] }, ['b/d.js']],
  ['from a folder', { pattern: '*.ts', cwd: 'b' }, ['b/c.ts']],
  ['from behind a link, named by the link', { pattern: '*', cwd: 'link' }, ['link/c.ts', 'link/d.js']],
  ['parentheses as they are', { pattern: 'app/(group)/*' }, ['app/(group)/[id].ts']],
  ['escaped characters as they are', { pattern: 'app/\\(group\\)/\\[id\\].ts' }, ['app/(group)/[id].ts']],
  ['no group of alternatives by |', { pattern: '(a|b).ts' }, []],
  ['nothing', { pattern: 'no/*' }, []],
]
for (const [title, params, paths] of globs) glob(`gives ${title}`, async () => assert.equal(await bench.value('glob', params), { paths }))

glob('stops at its limit and says so', async () => {
  assert.equal(await bench.value('glob', { pattern: '**/*.ts', limit: 1 }), { paths: ['a.ts'], truncated: true })
})

for (const pattern of ['../*', 'b/../../*', '{..,b}/*', '/etc/*', '\\.\\./*'])
  glob(`refuses ${pattern}`, async () => {
    assert.equal(await bench.error('glob', { pattern: ['b/*', pattern] }), {
      type: 'not-allowed',
      message: `The pattern ${JSON.stringify(pattern)} leaves the folder it starts in. Set cwd to the folder it is about.`,
      retryable: false,
      what: pattern,
    })
  })

const endless = ['*a*a*a*ab', '**/a/**/a/**/a/**/b', '{a,a}'.repeat(10), '{{a,b},{a,b},{a,b}}'.repeat(4), `${'{a,a'.repeat(10)}`, 'a\0']
for (const pattern of endless)
  glob(`takes no pattern that could run for minutes: ${JSON.stringify(pattern)}`, () => {
    assert.is(bench.type('glob').params.is({ pattern }), false)
    assert.is(bench.type('search').params.is({ text: 'x', pattern: [pattern] }), false)
  })

glob('what would be a nested repetition in a regular expression ends at once', async () => {
  const long = fileBench(tempTree({ ['a'.repeat(60)]: '' }))
  const started = performance.now()
  for (const pattern of ['(a+)+b', '+(+(a))b', '@(a|aa)+b', '*a*a*b']) assert.equal(await long.value('glob', { pattern }), { paths: [] })
  assert.ok(performance.now() - started < 2_000)
})

glob('ends when it is aborted', async () => assert.equal(await bench.error('glob', { pattern: '**' }, abortedContext()), aborted))
glob('tells that its folder is not there', async () => assert.equal(await bench.error('glob', { pattern: '*', cwd: 'no' }), notFound('no')))

glob.run()

const search = suite('file search')

search('gives each line that holds the text once, with the first place in it', async () => {
  assert.equal(await bench.value('search', { text: 'two' }), {
    matches: [
      { path: 'a.ts', line: 2, column: 5, text: 'Two two' },
      { path: 'b/c.ts', line: 1, column: 1, text: 'two' },
      { path: 'b/d.js', line: 1, column: 3, text: 'x two' },
    ],
    files: 6,
  })
})

search('takes upper and lower case for the same when asked to', async () => {
  assert.equal(await bench.value('search', { text: 'tWO', path: 'a.ts', caseSensitive: false }), {
    matches: [{ path: 'a.ts', line: 2, column: 1, text: 'Two two' }],
    files: 1,
  })
})

search('counts columns right where lower case is longer', async () => {
  const one = fileBench(tempTree({ a: 'İİ Here' }))
  const { matches } = (await one.value('search', { text: 'here', caseSensitive: false })) as { matches: readonly { column: number }[] }
  assert.is(matches[0]?.column, 4)
})

search('takes every character for itself', async () => {
  const one = fileBench(tempTree({ a: 'a.c (x)+ $1 \\d\nabc' }))
  for (const [text, column] of [
    ['a.c', 1],
    ['(x)+', 5],
    ['$1', 10],
    ['\\d', 13],
  ] as const)
    assert.equal(await one.value('search', { text }), { matches: [{ path: 'a', line: 1, column, text: 'a.c (x)+ $1 \\d' }], files: 1 })
})

search('gives the lines around, shared by matches that are near', async () => {
  const one = fileBench(tempTree({ a: '1\n2\nhit\nhit\n5\n6\n7' }))
  assert.equal(await one.value('search', { text: 'hit', context: 2 }), {
    matches: [
      { path: 'a', line: 3, column: 1, text: 'hit', before: ['1', '2'], after: ['hit', '5'] },
      { path: 'a', line: 4, column: 1, text: 'hit', before: ['2', 'hit'], after: ['5', '6'] },
    ],
    files: 1,
  })
})

search('looks only into files of the pattern', async () => {
  const { matches, files } = (await bench.value('search', { text: 'two', pattern: ['**/*.ts', '!a.ts'] })) as {
    matches: readonly { path: string }[]
    files: number
  }
  assert.equal([matches.map(({ path }) => path), files], [['b/c.ts'], 3])
})

search('stops at its limit and says so, only if there is more', async () => {
  const { matches, truncated } = (await bench.value('search', { text: 'two', limit: 2 })) as {
    matches: readonly unknown[]
    truncated?: boolean
  }
  assert.equal([matches.length, truncated], [2, true])
  assert.equal(Object.keys((await bench.value('search', { text: 'two', limit: 3 })) as object), ['matches', 'files'])
})

search('finds text across the pieces of a line without end, and shows what is around it', async () => {
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

search('finds characters that a chunk of the file cuts in two', async () => {
  const one = fileBench(tempTree({ a: `${'é'.repeat(131_071)}x€uro` }))
  const { matches } = (await one.value('search', { text: '€uro' })) as { matches: readonly { column: number }[] }
  assert.equal(
    matches.map(({ column }) => column),
    [131_073],
  )
})

search('tells that its path is not there, and ends when it is aborted', async () => {
  assert.equal(await bench.error('search', { text: 'x', path: 'no' }), notFound('no'))
  assert.equal(await bench.error('search', { text: 'x' }, abortedContext()), aborted)
})

search('asks for text within a line', () => {
  for (const text of ['', 'a\nb', 'x'.repeat(1001)]) assert.is(bench.type('search').params.is({ text }), false)
})

search.run()
