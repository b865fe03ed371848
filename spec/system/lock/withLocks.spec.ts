import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationFailure } from '../../../src/model/operationError.js'
import { lockTableIn } from '../../../src/system/lock/lockTable.js'
import { withLocks } from '../../../src/system/lock/withLocks.js'
import { ownerName, stateOf, thisOwner } from '../../../src/system/owner.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('locks')

const script = fileURLToPath(new URL('./changeForever.js', import.meta.url))

/** A process that adds to a number in a file; its output is each number it wrote. */
function adder(folder: string, keys: string, turns: number): { child: ChildProcess; ended: Promise<string[]> } {
  const child = spawn(process.execPath, [script, folder, join(folder, 'number'), keys, String(turns)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout!.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, ended: new Promise((resolve) => child.on('close', () => resolve(text.split('\n').slice(0, -1)))) }
}

const numberIn = (folder: string): number => Number(readFileSync(join(folder, 'number'), 'utf8'))

test('two processes that change one thing lose nothing', async () => {
  const folder = tempTree({ number: '0', locks: null })
  const told = await Promise.all([adder(folder, 'a', 300).ended, adder(folder, 'a', 300).ended])
  assert.is(told.flat().length, 600)
  assert.is(numberIn(folder), 600)
})

test('two processes that name two keys in opposite order both come to an end', async () => {
  const folder = tempTree({ number: '0', locks: null })
  await Promise.all([adder(folder, 'a,b', 150).ended, adder(folder, 'b,a', 150).ended])
  assert.is(numberIn(folder), 300)
})

test('a process that is killed while it holds a key holds it no longer, and no number is given twice', async () => {
  const folder = tempTree({ number: '0', locks: null })
  const told: string[] = []
  for (let round = 0; round < 8; round++) {
    const [killed, other] = [adder(folder, 'a', 100_000), adder(folder, 'a', 100_000)]
    const begun = new Promise((resolve) => killed.child.stdout!.once('data', resolve))
    await begun
    await new Promise((resolve) => setTimeout(resolve, 20 + round * 3))
    killed.child.kill('SIGKILL')
    told.push(...(await killed.ended))
    // The other goes on: it was not left waiting.
    await new Promise((resolve) => other.child.stdout!.once('data', resolve))
    other.child.kill('SIGKILL')
    told.push(...(await other.ended))
  }
  assert.is(new Set(told).size, told.length)
  // The next one who comes clears away what they left.
  await withLocks(['b'], { label: 'x', table: lockTableIn(() => join(folder, 'locks')) }, () => Promise.resolve())
  const left = readdirSync(join(folder, 'locks')).filter((name) => !name.endsWith('.wanted'))
  assert.is(left.length, 1, left.join(' '))
})

test('within a process turns come in the order they were asked for', async () => {
  const table = lockTableIn(() => join(folder, 'locks'))
  const folder = tempTree({ locks: null })
  const order: number[] = []
  const one = (index: number) =>
    withLocks(['a'], { label: 'x', table }, async () => {
      await new Promise((resolve) => setImmediate(resolve))
      order.push(index)
    })
  await Promise.all([0, 1, 2, 3, 4].map(one))
  assert.equal(order, [0, 1, 2, 3, 4])
})

test('one key named twice is taken once, and what fails under a key gives it up', async () => {
  const folder = tempTree({ locks: null })
  const table = lockTableIn(() => join(folder, 'locks'))
  const boom = await withLocks(['a', 'a'], { label: 'x', table }, () => Promise.reject(new Error('boom'))).catch((e: Error) => e.message)
  assert.is(boom, 'boom')
  assert.is(await withLocks(['a'], { label: 'x', table }, () => Promise.resolve(1)), 1)
})

test('who is aborted while waiting for a turn leaves the line', async () => {
  const folder = tempTree({ locks: null })
  const table = lockTableIn(() => join(folder, 'locks'))
  const controller = new AbortController()
  let finish = (): void => undefined
  const first = withLocks(['a'], { label: 'x', table }, () => new Promise<void>((resolve) => (finish = resolve)))
  const second = withLocks(['a'], { label: 'x', signal: controller.signal, table }, () => Promise.resolve('second'))
  const third = withLocks(['a'], { label: 'x', table }, () => Promise.resolve('third'))
  controller.abort(new Error('aborted'))
  assert.is(await second.catch((error: Error) => error.message), 'aborted')
  finish()
  await first
  assert.is(await third, 'third')
})

const refusal = (work: Promise<unknown>): Promise<OperationFailure['error']> =>
  work.then(
    () => assert.unreachable(),
    (error: unknown) => (error as OperationFailure).error,
  ) as Promise<OperationFailure['error']>

test('an owner that cannot be judged is not taken for dead; the wait for it is bounded and names it', async () => {
  const owner = ownerName({ ...thisOwner(), pid: 1, numbers: '7' })
  const folder = tempTree({ [`locks/a/${owner}`]: '' })
  const table = lockTableIn(() => join(folder, 'locks'))
  const error = await refusal(withLocks(['a'], { label: 'notes.txt', table, patienceMs: 60 }, () => Promise.resolve()))
  assert.equal(error, {
    type: 'system',
    code: 'EBUSY',
    path: 'notes.txt',
    message:
      'notes.txt has been held by process 1 of another container for more than 0.06 s, which is also changing it. Wait until that process ends, or end it.',
    retryable: true,
  })
  assert.equal(readdirSync(join(folder, 'locks/a')), [owner])
})

test('a folder of locks that is cleaned away while in use is made again', async () => {
  const folder = tempTree({ locks: null })
  const table = lockTableIn(() => join(folder, 'locks'))
  await withLocks(['a'], { label: 'x', table }, () => {
    rmSync(join(folder, 'locks'), { recursive: true })
    return Promise.resolve()
  })
  assert.is(await withLocks(['a'], { label: 'x', table }, () => Promise.resolve(1)), 1)
  assert.is(readdirSync(join(folder, 'locks')).length, 1)
})

test('an owner of another start of the machine is gone, one of another machine cannot be judged', () => {
  assert.is(stateOf(thisOwner()), 'alive')
  if (process.platform === 'linux') assert.is(stateOf({ ...thisOwner(), boot: '00000000' }), 'gone')
  if (process.platform === 'linux') assert.is(stateOf({ ...thisOwner(), start: '1' }), 'gone')
  assert.is(stateOf({ ...thisOwner(), machine: '00000000' }), 'unknown')
  assert.is(stateOf({ ...thisOwner(), numbers: '7' }), 'unknown')
})

if (process.platform === 'linux')
  test('a process that has ended and only keeps its number until its parent asks is gone', async () => {
    // The shell starts a process, and has become one that never asks for its end by the time it ends.
    const shell = spawn('/bin/sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const pid = Number(await new Promise<Buffer>((resolve) => shell.stdout.once('data', resolve)))
    const ended = (): boolean => / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    while (!ended()) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.is(stateOf({ ...thisOwner(), pid, start: '' }), 'gone')
    shell.kill()
  })

test.run()
