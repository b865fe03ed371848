import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'
import { bench, notFound, aborted, abortedContext } from './findTree.js'

const test = suite('file glob')

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
for (const [title, params, paths] of globs) test(`gives ${title}`, async () => assert.equal(await bench.value('glob', params), { paths }))

test('stops at its limit and says so', async () => {
  assert.equal(await bench.value('glob', { pattern: '**/*.ts', limit: 1 }), { paths: ['a.ts'], truncated: true })
})

for (const pattern of ['../*', 'b/../../*', '{..,b}/*', '/etc/*', '\\.\\./*'])
  test(`refuses ${pattern}`, async () => {
    assert.equal(await bench.error('glob', { pattern: ['b/*', pattern] }), {
      type: 'not-allowed',
      message: `The pattern ${JSON.stringify(pattern)} leaves the folder it starts in. Set cwd to the folder to search.`,
      retryable: false,
      what: pattern,
    })
  })

for (const pattern of ['{a,a}'.repeat(10), '{{a,b},{a,b},{a,b}}'.repeat(4), '{1..101}', '{a,b}{1..51}', 'a\0', 'x'.repeat(1_001)])
  test(`takes no pattern with more than 100 alternatives, or that no name could match: ${JSON.stringify(pattern.slice(0, 20))}`, () => {
    assert.is(bench.type('glob').params.is({ pattern }), false)
    assert.is(bench.type('search').params.is({ text: 'x', pattern: [pattern] }), false)
  })

test('what would be a nested repetition in a regular expression ends at once', async () => {
  const long = fileBench(tempTree({ ['a'.repeat(60)]: '' }))
  const started = performance.now()
  for (const pattern of ['(a+)+b', '+(+(a))b', '@(a|aa)+b', '*a*a*b']) assert.equal(await long.value('glob', { pattern }), { paths: [] })
  assert.ok(performance.now() - started < 30_000)
})

test('ends when it is aborted', async () => assert.equal(await bench.error('glob', { pattern: '**' }, abortedContext()), aborted))
test('tells that its folder is not there', async () => assert.equal(await bench.error('glob', { pattern: '*', cwd: 'no' }), notFound('no')))

test.run()
