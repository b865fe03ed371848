import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startGroup } from '../../../src/operations/group/startGroup.js'
import { isRunning } from '../shell/shellAttempt.js'

const rounds = Number(process.env['MILLRACE_ROUNDS'] ?? 4)
const test = suite('watcher')

interface Row {
  readonly pid: number
  readonly parent: number
  readonly args: string
}

function processes(): readonly Row[] {
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, state, args] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined || state?.startsWith('Z') ? [] : [{ pid: Number(pid), parent: Number(parent), args: args ?? '' }]
  })
}

/** The script of a watcher is in its arguments, over many lines; its name comes last. */
const watchersOf = (parent: number): readonly number[] =>
  processes().flatMap((row) => (row.parent === parent && row.args.startsWith('/bin/sh -c') ? [row.pid] : []))

const until = async (condition: () => boolean, what: string): Promise<void> => {
  const limit = performance.now() + 60_000
  while (performance.now() < limit) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.unreachable(what)
}

function victim(way: string): {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  readonly pids: () => readonly number[]
  readonly said: () => string
} {
  const file = fileURLToPath(new URL('./victim.js', import.meta.url))
  const child = spawn(process.execPath, [file, way], { stdio: ['pipe', 'pipe', 'ignore'] })
  child.stdin.on('error', () => undefined)
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, pids: () => [...text.matchAll(/pid (\d+)\n/g)].map(([, pid]) => Number(pid)), said: () => text }
}

test('there is one, however many programs there are, and a program has its mark', async () => {
  const start = () =>
    startGroup({ PATH: process.env['PATH'] }, (env) => spawn('env', { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] }))
  const groups = [start(), start(), start()]
  // Heard from the start: what nobody listens to is thrown away when its program ends.
  const heard = groups.map(({ child }) => once(child.stdout, 'data'))
  assert.is(watchersOf(process.pid).length, 1)
  for (const [place, { release }] of groups.entries()) {
    const [text] = (await heard[place]) as [Buffer]
    assert.match(text.toString(), /^MILLRACE_WATCH=[0-9a-f]{32}$/m)
    release()
  }
})

test('a program that cannot be started is not waited for', async () => {
  const { child, group, release } = startGroup({}, (env) => spawn('/no/such/program', { env, detached: true }))
  const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException]
  release()
  assert.equal([group, error.code], [undefined, 'ENOENT'])
  assert.throws(() => startGroup({}, (env) => spawn('a\0b', { env, detached: true })), /null bytes/)
})

test('one that is ended is started anew, and knows the programs there are', async () => {
  const { child, pids, said } = victim('wait')
  await until(() => pids().length === 8, 'all programs have begun')
  const [first = 0] = watchersOf(child.pid ?? 0)
  assert.ok(first > 0, 'it has a watcher')
  process.kill(first, 'SIGKILL')
  await until(() => watchersOf(child.pid ?? 0).some((pid) => pid !== first), 'another watcher')
  // It has told the new one of them when it answers: that happens in one go with the start.
  child.stdin.write('?')
  await until(() => said().includes('there'), 'an answer')
  child.kill('SIGKILL')
  await until(() => !pids().some(isRunning), 'all programs have ended')
})

test('none is left behind by a process that ends by itself, and its end is not held up', async () => {
  const started = new URL('../../../src/operations/group/startGroup.js', import.meta.url).href
  const script = `
    const { spawn } = await import('node:child_process')
    const { startGroup } = await import(${JSON.stringify(started)})
    const { child, release } = startGroup(process.env, (env) => spawn('true', { env, detached: true, stdio: 'ignore' }))
    child.once('exit', release)
    process.once('exit', () => console.log(require('node:child_process').execFileSync('ps', ['-o', 'pid=', '--ppid', String(process.pid)], { encoding: 'utf8' })))`
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', `import { createRequire } from 'node:module'; const require = createRequire('/'); ${script}`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  assert.is(code, 0)
  const children = text.trim().split(/\s+/).map(Number)
  assert.ok(children.length > 1, 'it had a watcher, and the ps')
  await until(() => !children.some(isRunning), 'its watcher has ended')
})

test('a process killed in the middle of starting programs leaves none of them', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { child } = victim('storm')
    const token = `60${child.pid}.5`
    await until(() => processes().some(({ args }) => args === `sleep ${token}`), 'a first program')
    await new Promise((resolve) => setTimeout(resolve, 30 + ((round * 7) % 60)))
    child.kill('SIGKILL')
    await until(() => !processes().some(({ args }) => args === `sleep ${token}`), `round ${round}: none is left`)
  }
})

test.run()
