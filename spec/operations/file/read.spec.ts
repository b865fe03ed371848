import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attemptContext } from '../../support/attemptContext.js'
import { tempTree } from '../../support/tempTree.js'
import { fileBench } from './fileAttempt.js'

const test = suite('file read')

const binary = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255])
const bench = fileBench(
  tempTree({ 'a.txt': '\ufeffhé€😀', 'b.png': binary, empty: '', 'deep/x': 'x', large: 'l'.repeat(17 * 1024 * 1024) }),
)

const rows: readonly (readonly [string, object, object])[] = [
  ['gives text as it is, a byte order mark too', { path: 'a.txt' }, { path: 'a.txt', content: '\ufeffhé€😀', bytes: 13 }],
  ['gives any bytes as base64', { path: 'b.png', encoding: 'base64' }, { path: 'b.png', content: 'iVBORwD/', bytes: 6 }],
  ['gives an empty file', { path: 'empty' }, { path: 'empty', content: '', bytes: 0 }],
  ['normalises the path', { path: 'deep/../deep//x/' }, { path: 'deep/x', content: 'x', bytes: 1 }],
  [
    'gives a part and says that more follows',
    { path: 'a.txt', offset: 3, limit: 1 },
    { path: 'a.txt', content: 'h', bytes: 1, truncated: true },
  ],
  ['cuts no character in two', { path: 'a.txt', offset: 3, limit: 5 }, { path: 'a.txt', content: 'hé', bytes: 3, truncated: true }],
  ['cuts none of four bytes either', { path: 'a.txt', offset: 6, limit: 6 }, { path: 'a.txt', content: '€', bytes: 3, truncated: true }],
  ['gives the rest', { path: 'a.txt', offset: 9, limit: 100 }, { path: 'a.txt', content: '😀', bytes: 4 }],
  ['gives nothing beyond the end', { path: 'a.txt', offset: 100 }, { path: 'a.txt', content: '', bytes: 0 }],
  [
    'gives bytes of a part',
    { path: 'b.png', offset: 1, limit: 2, encoding: 'base64' },
    { path: 'b.png', content: 'UE4=', bytes: 2, truncated: true },
  ],
]
for (const [title, params, value] of rows) test(title, async () => assert.equal(await bench.value('read', params), value))

const refused: readonly (readonly [string, object, object])[] = [
  [
    'what is not there',
    { path: 'deep/no' },
    { type: 'not-found', message: 'deep/no: there is nothing at this path.', retryable: false, what: 'deep/no' },
  ],
  [
    'what is below nothing',
    { path: 'no/no' },
    { type: 'not-found', message: 'no/no: there is nothing at this path.', retryable: false, what: 'no/no' },
  ],
  [
    'a folder',
    { path: 'deep' },
    { type: 'system', code: 'EISDIR', message: 'deep is a folder. Name a file.', retryable: false, path: 'deep' },
  ],
  ['the root', { path: '.' }, { type: 'system', code: 'EISDIR', message: '. is a folder. Name a file.', retryable: false, path: '.' }],
  [
    'bytes that are no text',
    { path: 'b.png' },
    { type: 'invalid-params', message: 'b.png is not UTF-8 text. Read it with encoding: base64.', retryable: false, at: ['encoding'] },
  ],
  [
    'a part that starts within a character',
    { path: 'a.txt', offset: 5 },
    { type: 'invalid-params', message: 'a.txt is not UTF-8 text. Read it with encoding: base64.', retryable: false, at: ['encoding'] },
  ],
  [
    'a file above the limit',
    { path: 'large' },
    {
      type: 'too-large',
      message: 'large holds 17825792 bytes, more than the 16777216 allowed. Raise maxBytes, or read a part with offset and limit.',
      retryable: false,
      limitBytes: 16777216,
    },
  ],
  [
    'a part above a limit that was set',
    { path: 'large', maxBytes: 10, offset: 5, limit: 11 },
    {
      type: 'too-large',
      message: 'large holds 11 bytes, more than the 10 allowed. Raise maxBytes, or read a part with offset and limit.',
      retryable: false,
      limitBytes: 10,
    },
  ],
]
for (const [title, params, error] of refused) test(`refuses ${title}`, async () => assert.equal(await bench.error('read', params), error))

test('reads a large file when asked to', async () => {
  const { bytes } = (await bench.value('read', { path: 'large', maxBytes: 20_000_000 })) as { bytes: number }
  assert.is(bytes, 17825792)
})

test('does not wait for the other end of a pipe', async () => {
  const root = tempTree()
  execFileSync('mkfifo', [join(root, 'pipe')])
  assert.equal(await fileBench(root).error('read', { path: 'pipe' }), {
    type: 'not-allowed',
    message: 'pipe is neither a file, a folder nor a link (a pipe, a socket or a device): file operations leave those alone.',
    retryable: false,
    what: 'pipe',
  })
})

test('ends when it is aborted', async () => {
  const error = (await bench.error('read', { path: 'large', maxBytes: 20_000_000 }, attemptContext({ signal: AbortSignal.abort() }))) as {
    message: string
  }
  assert.is(error.message, 'AbortError: This operation was aborted')
})

test.run()
