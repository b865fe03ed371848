import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationError } from '../../../src/model/operationError.js'
import type { RunResult } from '../../../src/operations/shell/runParams.js'
import { shellOperations } from '../../../src/operations/shell/shellOperations.js'
import { attemptContext } from '../../support/attemptContext.js'
import { readerBehind } from '../../support/readerBehind.js'
import { tempTree } from '../../support/tempTree.js'
import { errorOf, inFolder, node, resultOf, start } from './shellAttempt.js'

const test = suite('shell run')
const here = process.cwd()

test('gives the exit code and what the program wrote', async () => {
  const result = await resultOf(here, { command: node(`console.log('out'); console.error('err')`) })
  assert.equal(result, { exitCode: 0, stdout: 'out', stderr: 'err' })
})

test('streams output in the order in which the program wrote it', async () => {
  await inFolder(async (root) => {
    // Two pipes have no order of their own: each piece is written once the one before it was heard.
    const heard = (name: string): string => `until [ -e ${name} ]; do sleep 0.01; done`
    const script = `echo first; ${heard('1')}; echo second >&2; ${heard('2')}; echo third`
    const attempt = start(root, { command: ['sh', '-c', script] })
    await attempt.saying('first\n')
    writeFileSync(join(root, '1'), '')
    await attempt.saying('second\n')
    writeFileSync(join(root, '2'), '')
    await attempt.ended
    assert.equal(attempt.told, [
      { stream: 'stdout', text: 'first\n' },
      { stream: 'stderr', text: 'second\n' },
      { stream: 'stdout', text: 'third\n' },
    ])
  })
})

test('tells output while the program is still running', async () => {
  const attempt = start(here, { command: node(`console.log('ready'); setInterval(() => {}, 1000)`) })
  assert.is(await attempt.saying('ready'), 'ready\n')
  attempt.abort()
  assert.is((await attempt.ended)._tag, 'Left')
})

test('gives the program its stdin, also a long one', async () => {
  const stdin = 'é'.repeat(300_000)
  const { stdout } = await resultOf(here, { command: ['cat'], stdin })
  assert.ok(stdout === stdin)
})

test('closes the stdin of a program that is given none', async () => {
  assert.is((await resultOf(here, { command: ['cat'] })).stdout, '')
})

test('does not mind a program that ends without reading its stdin', async () => {
  const result = await resultOf(here, { command: ['true'], stdin: 'x'.repeat(1_000_000) })
  assert.is(result.exitCode, 0)
})

test('adds env to the inherited environment', async () => {
  const script = `console.log(process.env.COLOUR, process.env.PATH === process.argv[1])`
  const { stdout } = await resultOf(here, { command: node(script, process.env['PATH'] ?? ''), env: { COLOUR: 'blue' } })
  assert.is(stdout, 'blue true')
})

test('passes arguments as they are: no shell reads them', async () => {
  const hostile = ['$(touch hacked)', '; rm -rf x', '`id`', '*', 'a b', '--', '']
  const { stdout } = await resultOf(here, { command: node(`console.log(JSON.stringify(process.argv.slice(1)))`, '--', ...hostile) })
  assert.equal(JSON.parse(stdout), hostile)
})

test('puts characters together that arrive in pieces', async () => {
  const script = `
    const bytes = Buffer.from('€')
    process.stdout.write(bytes.subarray(0, 1))
    setTimeout(() => process.stdout.write(bytes.subarray(1, 2)), 100)
    setTimeout(() => process.stdout.write(bytes.subarray(2)), 200)`
  const attempt = start(here, { command: node(script) })
  const end = await attempt.ended
  assert.equal(attempt.told, [{ stream: 'stdout', text: '€' }])
  assert.equal(end._tag === 'Right' && end.right.stdout, '€')
})

test('shows a character that was never completed as a replacement character', async () => {
  const attempt = start(here, { command: node(`process.stdout.write(Buffer.from('a€').subarray(0, 3))`) })
  await attempt.ended
  assert.is(attempt.told.map(({ text }) => text).join(''), 'a\ufffd')
})

test('keeps the head and the tail of output beyond maxOutputBytes, and streams all of it', async () => {
  const script = `process.stdout.write('a'.repeat(50) + 'b'.repeat(100) + 'c'.repeat(50))`
  const attempt = start(here, { command: node(script), maxOutputBytes: 20 })
  const end = await attempt.ended
  assert.equal(end._tag === 'Right' && end.right, {
    exitCode: 0,
    stdout: 'aaaaaaaaaa\n[… 180 bytes left out …]\ncccccccccc',
    stderr: '',
    truncated: true,
  })
  assert.is(attempt.told.map(({ text }) => text).join('').length, 200)
})

test('takes 200 MB of output in bounded memory', async () => {
  const script = `
    let left = 3200
    const more = () => { while (left-- > 0) if (!process.stdout.write('x'.repeat(65536))) return process.stdout.once('drain', more) }
    more()`
  let streamed = 0
  const before = process.memoryUsage()
  const attempt = start(here, { command: node(script) }, {}, (_stream, text) => {
    streamed += text.length
  })
  const end = await attempt.ended
  const after = process.memoryUsage()
  assert.is(streamed, 3200 * 65536)
  assert.is(end._tag === 'Right' && end.right.truncated, true)
  assert.ok(after.rss - before.rss < 100_000_000, `grew by ${after.rss - before.rss} bytes`)
})

test('what a program has left in its pipe is read, also when this process stood still for as long as pipes are waited for', async () => {
  const { room, goOn } = readerBehind()
  const context = attemptContext({ room })
  const [type] = shellOperations({ roots: [here] })
  const work = type.perform({ command: ['head', '-c', '100000', '/dev/zero'] }, context) as TaskEither<OperationError, RunResult>
  const ending = work()
  const told = (): number => context.outputs.reduce((sum, { text }) => sum + text.length, 0)
  while (told() === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  let still = true
  const stand = (): void => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600)
    if (still) setImmediate(stand)
  }
  setImmediate(stand)
  await ending
  still = false
  goOn()
  assert.is(told(), 100_000)
})

test('runs in the first root, or in cwd', () =>
  inFolder(async (root) => {
    mkdirSync(join(root, 'sub'))
    assert.is((await resultOf(root, { command: ['pwd'] })).stdout, root)
    assert.is((await resultOf(root, { command: ['pwd'], cwd: 'sub' })).stdout, `${root}/sub`)
    assert.is((await resultOf(root, { command: ['pwd'], cwd: join(root, 'sub') })).stdout, `${root}/sub`)
  }))

test('starts a program of its folder by ./name', () =>
  inFolder(async (root) => {
    writeFileSync(join(root, 'hello'), '#!/bin/sh\necho "hello $1"\n', { mode: 0o755 })
    assert.is((await resultOf(root, { command: ['./hello', 'you'] })).stdout, 'hello you')
  }))

test('takes another exit code for a success when told to expect it', async () => {
  assert.is((await resultOf(here, { command: ['sh', '-c', 'exit 3'], expectExitCode: 3 })).exitCode, 3)
  assert.is((await resultOf(here, { command: ['sh', '-c', 'exit 1'], expectExitCode: [0, 1] })).exitCode, 1)
})

test('leaves no handle open', async () => {
  await resultOf(here, { command: ['cat'], stdin: 'x' })
  await errorOf(here, { command: ['no-such-program'], stdin: 'x' })
  const attempt = start(here, { command: ['sleep', '60'] })
  attempt.abort()
  await attempt.ended
  const open = (): readonly string[] => process.getActiveResourcesInfo().filter((resource) => !/^(TTY|Immediate)/.test(resource))
  // A handle that was closed counts until the event loop has come round to it.
  for (let turn = 0; turn < 1_000 && open().length > 0; turn++) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(open(), [])
})

test('says which process it started, and when that began', async () => {
  const told: { readonly pid: number; readonly startedAt: string | undefined }[] = []
  const [type] = shellOperations({ roots: [here] })
  const folder = tempTree()
  const context = attemptContext({
    process(pid, startedAt) {
      told.push({ pid, startedAt })
      writeFileSync(join(folder, 'told'), '')
    },
  })
  // One that has ended by the time it is looked at has no start any more.
  const command = ['sh', '-c', 'echo $$; until [ -e "$1/told" ]; do sleep 0.01; done', 'sh', folder]
  const work = type.perform({ command }, context) as TaskEither<OperationError, RunResult>
  const end = await work()
  assert.is(told.length, 1)
  assert.is(end._tag === 'Right' && end.right.stdout.trim(), `${told[0]?.pid}`)
  if (process.platform === 'linux') assert.match(told[0]?.startedAt ?? '', /^[0-9a-f-]{36} \d+$/)
})

test.run()
