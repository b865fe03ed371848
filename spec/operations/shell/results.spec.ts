import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { standardOperations } from '../../../src/operations/standard.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { errorOf, node, resultOf, start } from './shellAttempt.js'

const test = suite('results of shell run')
const here = process.cwd()
/** A program that writes these bytes. Not Node, whose start takes longer than all else here. */
const bytes = (...values: readonly number[]): readonly string[] => [
  'printf',
  values.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
]

const endings: readonly (readonly [string, string])[] = [
  ['', ''],
  ['\n', ''],
  ['a', 'a'],
  ['a\n', 'a'],
  ['a\r\n', 'a'],
  ['a\n\n', 'a\n'],
  ['a\r\n\r\n', 'a\r\n'],
  ['a\n ', 'a\n '],
  ['a\r', 'a\r'],
  [' a \n', ' a '],
]
for (const [written, given] of endings)
  test(`${JSON.stringify(written)} becomes ${JSON.stringify(given)}: one line end goes`, async () => {
    const command = ['sh', '-c', 'printf %s "$1"; printf %s "$1" >&2', 'sh', written]
    assert.equal(await resultOf(here, { command }), { exitCode: 0, stdout: given, stderr: given })
    const kept = await resultOf(here, { command, stripFinalNewline: false })
    assert.equal(kept, { exitCode: 0, stdout: written, stderr: written })
  })

test('the last line end goes also where the middle was left out', async () => {
  const { stdout } = await resultOf(here, { command: node(`console.log('x'.repeat(100))`), maxOutputBytes: 10 })
  assert.is(stdout, 'xxxxx\n[… 91 bytes left out …]\nxxxx')
})

test('events have every line end', async () => {
  const attempt = start(here, { command: ['echo', 'a'] })
  await attempt.ended
  assert.equal(attempt.told, [{ stream: 'stdout', text: 'a\n' }])
})

test('as base64 stdout is the very bytes', async () => {
  const { stdout, stderr, notText } = await resultOf(here, {
    command: node(`process.stdout.write(Buffer.from([0, 255, 10])); console.error('é')`),
    as: 'base64',
  })
  assert.equal([stdout, stderr, notText], [Buffer.from([0, 255, 10]).toString('base64'), 'é', undefined])
})

test('as base64 more than maxOutputBytes fails with the way out', async () => {
  const error = await errorOf(here, { command: bytes(1, 2, 3), as: 'base64', maxOutputBytes: 2 })
  assert.equal(
    [error.type, error.message],
    [
      'too-large',
      'stdout is larger than the limit of 2 bytes and cannot be returned as base64. Raise maxOutputBytes, or write it to a file with stdoutTo.',
    ],
  )
})

const texts: readonly (readonly [title: string, bytes: readonly number[], isText: boolean])[] = [
  ['a lone byte', [0xff], false],
  ['latin-1', [0x63, 0x61, 0x66, 0xe9], false],
  ['a character cut off at the end', [0x61, 0xe2, 0x82], false],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80], false],
  ['an overlong form', [0xc0, 0x80], false],
  ['four bytes of five replaced by three', [0xf0, 0x9f, 0x98, 0x61], false],
  ['gzip', [0x1f, 0x8b, 0x08, 0x00], false],
  ['a replacement character that was written', [0xef, 0xbf, 0xbd], true],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], true],
  ['NUL characters', [0x00, 0x00], true],
]
for (const [title, written, isText] of texts)
  test(`${title}: ${isText ? 'text' : 'not text, which is said'}`, async () => {
    const { stdout, notText } = await resultOf(here, { command: bytes(...written) })
    assert.equal(notText, isText ? undefined : ['stdout'])
    assert.is(stdout.includes('\ufffd'), !isText || title.startsWith('a replacement'))
    if (isText) assert.equal([...Buffer.from(stdout)], written)
  })

test('what was kept of a long stream is judged too', async () => {
  const script = `process.stdout.write(Buffer.from([97, 255, ...Array(50).fill(98)])); process.stderr.write('é'.repeat(50))`
  const { notText, truncated } = await resultOf(here, { command: node(script), maxOutputBytes: 11 })
  assert.equal([notText, truncated], [['stdout'], true])
})

const program = (id: string, script: string, params: object = {}): object => ({
  id,
  type: 'shell',
  operation: 'run',
  params: { command: node(script), ...params },
})
const write = (content: unknown, settings: object = {}): object => ({
  id: 'use',
  type: 'shell',
  operation: 'run',
  params: { command: ['cat'], stdin: content },
  ...settings,
})
const gzip = `process.stdout.write(Buffer.from([31, 139, 8])); process.stderr.write('fine')`

async function endOf(operations: readonly object[]): Promise<BatchEvent | undefined> {
  const plan = operations as Parameters<typeof runBatch>[0]
  const events = await lastValueFrom(runBatch(plan, { operations: standardOperations({ root: here }) }).pipe(toArray()))
  return events.find((event) => 'id' in event && event.id === 'use' && /operation-(succeeded|failed)/.test(event.type))
}

for (const [title, content] of [
  ['a reference', { $ref: 'z.stdout' }],
  ['a list of keys', { $ref: ['z', 'stdout'] }],
  ['a template', { $template: 'it is {{z.stdout}}' }],
  ['a reference with a default', { $ref: 'z.stdout', default: 'none' }],
] as const)
  test(`${title} to what was no text fails, and tells the way out`, async () => {
    const end = await endOf([program('z', gzip), write(content)])
    assert.is(end?.type, 'operation-failed')
    const { type, message } = (end as Extract<BatchEvent, { type: 'operation-failed' }>).error
    assert.is(type, 'invalid-params')
    assert.is(
      message,
      'params.stdin: the reference "z.stdout" cannot be used: stdout was not UTF-8, and is damaged as text.\n' +
        'Run the program with as: "base64", or with stdoutTo and a path.',
    )
  })

test('what was text of the same result may be referred to, and so may its base64', async () => {
  const stderr = await endOf([program('z', gzip), write({ $ref: 'z.stderr' })])
  assert.equal(stderr?.type === 'operation-succeeded' && stderr.value, { exitCode: 0, stdout: 'fine', stderr: '' })
  const base64 = await endOf([program('z', gzip, { as: 'base64' }), write({ $ref: 'z.stdout' })])
  assert.equal(base64?.type === 'operation-succeeded' && base64.value, { exitCode: 0, stdout: 'H4sI', stderr: '' })
})

test('in a stream of operations a reference to what was no text fails too', async () => {
  const operations = [program('z', gzip), write({ $ref: 'z.stdout' })]
  const end = await endOf(operations.values() as unknown as readonly object[])
  assert.is(end?.type === 'operation-failed' && end.error.type, 'invalid-params')
})

test.run()
