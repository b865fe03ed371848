import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { standardOperations } from '../../../src/operations/standard.js'
import { errorOf, inFolder, node, resultOf, start } from './shellAttempt.js'

const test = suite('stdoutTo')

test('stdout goes to the file, byte for byte, and is not told', () =>
  inFolder(async (root) => {
    const attempt = start(root, { command: ['sh', '-c', 'printf "hello\\n" | gzip -n; echo done >&2'], stdoutTo: 'out/x.gz' })
    const end = await attempt.ended
    const file = readFileSync(join(root, 'out/x.gz'))
    assert.equal(end._tag === 'Right' && end.right, {
      exitCode: 0,
      stdout: '',
      stderr: 'done',
      stdoutTo: 'out/x.gz',
      stdoutBytes: file.length,
    })
    assert.equal([...file.subarray(0, 3)], [31, 139, 8])
    assert.equal(attempt.told, [{ stream: 'stderr', text: 'done\n' }])
    assert.equal(readdirSync(join(root, 'out')), ['x.gz'])
  }))

test('any size goes there in bounded memory', () =>
  inFolder(async (root) => {
    const before = process.memoryUsage().rss
    const { stdoutBytes } = await resultOf(root, { command: ['head', '-c', '200000000', '/dev/zero'], stdoutTo: 'zeros' })
    assert.equal([stdoutBytes, statSync(join(root, 'zeros')).size], [200_000_000, 200_000_000])
    const grown = process.memoryUsage().rss - before
    assert.ok(grown < 128_000_000, `grew by ${grown} bytes`)
  }))

test('a program that fails leaves the file as it was, and its error has the output', () =>
  inFolder(async (root) => {
    writeFileSync(join(root, 'x'), 'old')
    const attempt = start(root, { command: ['sh', '-c', 'echo half; exit 3'], stdoutTo: 'x' })
    const end = await attempt.ended
    assert.is(end._tag === 'Left' && end.left.type, 'exit-code')
    assert.equal(attempt.told, [{ stream: 'stdout', text: 'half\n' }])
    assert.equal([readFileSync(join(root, 'x'), 'utf8'), readdirSync(root)], ['old', ['x']])
  }))

test('an aborted program leaves the file as it was', () =>
  inFolder(async (root) => {
    const attempt = start(root, { command: ['sh', '-c', 'echo half; echo said >&2; sleep 60'], stdoutTo: 'x' })
    await attempt.saying('said')
    attempt.abort()
    const end = await attempt.ended
    assert.is(end._tag === 'Left' && end.left.type, 'killed')
    assert.equal(readdirSync(root), [])
  }))

test('a file that was there keeps its mode', () =>
  inFolder(async (root) => {
    writeFileSync(join(root, 'x'), 'old')
    chmodSync(join(root, 'x'), 0o640)
    await resultOf(root, { command: ['echo', 'new'], stdoutTo: 'x' })
    assert.equal([readFileSync(join(root, 'x'), 'utf8'), statSync(join(root, 'x')).mode & 0o777], ['new\n', 0o640])
  }))

test('what a disk refuses fails the operation, stops the program and names the path', () =>
  inFolder(async (root) => {
    mkdirSync(join(root, 'x'))
    const error = await errorOf(root, { command: ['echo', 'new'], stdoutTo: 'x' })
    assert.match(error.message, /x/)
    assert.is.not(error.type, 'thrown')
  }))

for (const path of ['../x', '/etc/x', 'link/x', '.millrace/x'])
  test(`${path} is out of reach, and nothing is started`, () =>
    inFolder(async (root) => {
      symlinkSync(tmpdir(), join(root, 'link'))
      const error = await errorOf(root, { command: ['sh', '-c', 'touch started'], stdoutTo: path })
      assert.is(error.type, 'not-allowed')
      assert.equal(readdirSync(root), ['link'])
    }))

test('a reader of the file waits for it, and a reference to stdout fails', () =>
  inFolder(async (root) => {
    const program = {
      id: 'z',
      type: 'shell',
      operation: 'run',
      params: { command: node(`setTimeout(() => console.log('late'), 200)`), stdoutTo: 'z.txt' },
    }
    const read = { id: 'r', type: 'file', operation: 'read', params: { path: 'z.txt' } }
    const refers = { id: 's', type: 'shell', operation: 'run', params: { command: ['cat'], stdin: { $ref: 'z.stdout' } } }
    const events = await lastValueFrom(runBatch([program, read, refers], { operations: standardOperations({ root }) }).pipe(toArray()))
    const values = events.flatMap((event) => (event.type === 'operation-succeeded' && event.id === 'r' ? [event.value] : []))
    assert.equal((values[0] as { content: string }).content, 'late\n')
    const failed = events.find((event) => event.type === 'operation-failed')
    assert.is(
      failed?.error.message,
      'params.stdin: the reference "z.stdout" cannot be used: stdout was written to "z.txt".\nRefer to its path (stdoutTo), or read the file.',
    )
  }))

test.run()
