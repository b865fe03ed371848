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
    { path: 'a.txt', offsetBytes: 3, limitBytes: 1 },
    { path: 'a.txt', content: 'h', bytes: 1, truncated: true },
  ],
  [
    'cuts no character in two',
    { path: 'a.txt', offsetBytes: 3, limitBytes: 5 },
    { path: 'a.txt', content: 'hé', bytes: 3, truncated: true },
  ],
  [
    'cuts none of four bytes either',
    { path: 'a.txt', offsetBytes: 6, limitBytes: 6 },
    { path: 'a.txt', content: '€', bytes: 3, truncated: true },
  ],
  ['gives the rest', { path: 'a.txt', offsetBytes: 9, limitBytes: 100 }, { path: 'a.txt', content: '😀', bytes: 4 }],
  ['gives nothing beyond the end', { path: 'a.txt', offsetBytes: 100 }, { path: 'a.txt', content: '', bytes: 0 }],
  [
    'gives bytes of a part',
    { path: 'b.png', offsetBytes: 1, limitBytes: 2, encoding: 'base64' },
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
    { path: 'a.txt', offsetBytes: 5 },
    {
      type: 'invalid-params',
      message: 'a.txt: byte 5 lies within a character, which begins at byte 4. Set offsetBytes to that.',
      retryable: false,
      at: ['offsetBytes'],
    },
  ],
  [
    'a part counted in both lines and bytes',
    { path: 'a.txt', offset: 1, limitBytes: 5 },
    {
      type: 'invalid-params',
      message: 'Give either lines (offset, limit) or bytes (offsetBytes, limitBytes), not both.',
      retryable: false,
      at: ['offsetBytes'],
    },
  ],
  [
    'lines above the limit',
    { path: 'large', limit: 1 },
    {
      type: 'too-large',
      message:
        'large: the lines asked for hold more than the 16777216 bytes allowed. Lower limit, raise maxBytes, or read bytes with offsetBytes and limitBytes.',
      retryable: false,
      limitBytes: 16777216,
    },
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
    { path: 'large', maxBytes: 10, offsetBytes: 5, limitBytes: 11 },
    {
      type: 'too-large',
      message: 'large holds 11 bytes, more than the 10 allowed. Raise maxBytes, or read a part with offset and limit.',
      retryable: false,
      limitBytes: 10,
    },
  ],
]
for (const [title, params, error] of refused) test(`refuses ${title}`, async () => assert.equal(await bench.error('read', params), error))

const lines = fileBench(
  tempTree({
    lf: 'one\ntwo\nthree\n',
    open: 'a\nb',
    crlf: 'x\r\ny\r\n',
    blank: '\n\n\n',
    empty: '',
    long: `${'l'.repeat(300_000)}\nend\n`,
  }),
)
const parts: readonly (readonly [string, object, object])[] = [
  ['the first', { path: 'lf', limit: 1 }, { content: 'one\n', bytes: 4, lines: 1, truncated: true }],
  ['one in the midst', { path: 'lf', offset: 2, limit: 1 }, { content: 'two\n', bytes: 4, lines: 1, truncated: true }],
  ['the last', { path: 'lf', offset: 3, limit: 5 }, { content: 'three\n', bytes: 6, lines: 1 }],
  ['exactly all', { path: 'lf', limit: 3 }, { content: 'one\ntwo\nthree\n', bytes: 14, lines: 3 }],
  ['none beyond the end', { path: 'lf', offset: 4 }, { content: '', bytes: 0, lines: 0 }],
  ['none far beyond the end', { path: 'lf', offset: 400, limit: 3 }, { content: '', bytes: 0, lines: 0 }],
  ['the last without a line end', { path: 'open', offset: 2 }, { content: 'b', bytes: 1, lines: 1 }],
  ['more than there are', { path: 'open', limit: 9 }, { content: 'a\nb', bytes: 3, lines: 2 }],
  ['CRLF as it is', { path: 'crlf', offset: 2, limit: 1 }, { content: 'y\r\n', bytes: 3, lines: 1 }],
  ['empty ones', { path: 'blank', offset: 2, limit: 1 }, { content: '\n', bytes: 1, lines: 1, truncated: true }],
  ['none of an empty file', { path: 'empty', offset: 1 }, { content: '', bytes: 0, lines: 0 }],
  ['one behind a line of several chunks', { path: 'long', offset: 2, limit: 1 }, { content: 'end\n', bytes: 4, lines: 1 }],
]
for (const [title, params, value] of parts)
  test(`by lines gives ${title}`, async () =>
    assert.equal(await lines.value('read', params), { path: (params as { path: string }).path, ...value }))

type ReadPart = { content: string; bytes: number; lines?: number; truncated?: boolean }

/** All parts put together; each must bring something. */
async function inParts(path: string, next: (done: number) => object, size: (part: ReadPart) => number): Promise<string> {
  let whole = ''
  for (let done = 0; ;) {
    const part = (await bench.value('read', { path, ...next(done) })) as ReadPart
    whole += part.content
    if (!part.truncated) return whole
    assert.ok(size(part) > 0)
    done += size(part)
  }
}

for (const limitBytes of [1, 2, 3, 5])
  test(`comes to the end of any text in parts of ${limitBytes} bytes, the character too that has more`, async () => {
    const read = inParts(
      'a.txt',
      (done) => ({ offsetBytes: done, limitBytes }),
      ({ bytes }) => bytes,
    )
    assert.is(await read, '\ufeffhé€😀')
  })

test('comes to the end of a file in parts of one line', async () => {
  const text = Array.from({ length: 50 }, (_, index) => `${'é'.repeat(index)}\n`).join('')
  const one = fileBench(tempTree({ text }))
  let whole = ''
  for (let offset = 1; ;) {
    const part = (await one.value('read', { path: 'text', offset, limit: 1 })) as ReadPart
    whole += part.content
    offset += part.lines!
    if (!part.truncated) break
  }
  assert.is(whole, text)
})

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
