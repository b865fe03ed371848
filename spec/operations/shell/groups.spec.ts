import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasLivingMember } from '../../../src/operations/group/livingMember.js'
import { inFolder, isRunning, node, noneLeft, start } from './shellAttempt.js'

const test = suite('process groups of shell run')
const here = process.cwd()

/** A program that starts children, of which each tells its pid and then ignores TERM, and does `then` once all are there. */
const family = (children: number, then: string): string => `
  const { spawn } = require('node:child_process')
  const child = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('pid ' + process.pid)"
  let left = ${children}
  for (let n = 0; n < ${children}; n++) {
    const one = spawn(process.execPath, ['-e', child], { stdio: ['ignore', 'pipe', 'inherit'] })
    one.stdout.once('data', (text) => { process.stdout.write(text); if (--left === 0) { console.log('all there'); ${then} } })
  }`

const pidsIn = (text: string): readonly number[] => [...text.matchAll(/pid (\d+)/g)].map(([, pid]) => Number(pid))

test('an abort ends a program and children that ignore TERM', async () => {
  const attempt = start(here, { command: node(`process.on('SIGTERM', () => {}); ${family(2, '')}`) }, { graceMs: 200 })
  const pids = pidsIn(await attempt.saying('all there'))
  attempt.abort()
  const end = await attempt.ended
  assert.is(pids.length, 2)
  await noneLeft(pids)
  assert.is(end._tag === 'Left' && end.left.type === 'killed' && end.left.killedBy, 'SIGKILL')
})

test('an abort lets a program that heeds TERM clean up', async () => {
  const script = `process.on('SIGTERM', () => { console.log('cleaned up'); process.exit(0) }); setInterval(() => {}, 1000); console.log('ready')`
  const attempt = start(here, { command: node(script) }, { graceMs: 60_000 })
  await attempt.saying('ready')
  attempt.abort()
  const end = await attempt.ended
  assert.is(attempt.told.map(({ text }) => text).join(''), 'ready\ncleaned up\n')
  assert.is(end._tag === 'Left' && end.left.message, `${process.execPath} was stopped: its attempt was aborted.`)
})

test('an abort before the start starts nothing', async () => {
  const attempt = start(here, { command: ['sh', '-c', 'echo started'] })
  attempt.abort()
  await attempt.ended
  assert.equal(attempt.told, [])
})

test('a normal exit leaves no child behind, also none that ignores TERM', async () => {
  const attempt = start(here, { command: node(family(2, 'process.exit(0)')) }, { graceMs: 200 })
  const end = await attempt.ended
  const pids = pidsIn(attempt.told.map(({ text }) => text).join(''))
  assert.is(end._tag, 'Right')
  assert.is(pids.length, 2)
  await noneLeft(pids)
})

test('a child that keeps the output open after its program has ended does not hold the attempt', async () => {
  const attempt = start(here, { command: ['sh', '-c', 'sleep 60 & echo "pid $!"; exit 0'] })
  const end = await attempt.ended
  assert.is(end._tag, 'Right')
  await noneLeft(pidsIn(attempt.told.map(({ text }) => text).join('')))
})

test('children that look detached (nohup, in the background, input and output elsewhere) are ended too', async () => {
  const script = 'nohup sleep 60 </dev/null >/dev/null 2>&1 & echo "pid $!"; (trap "" TERM HUP; sleep 61 >/dev/null 2>&1 & echo "pid $!")'
  const attempt = start(here, { command: ['sh', '-c', script] }, { graceMs: 200 })
  const end = await attempt.ended
  const pids = pidsIn(attempt.told.map(({ text }) => text).join(''))
  assert.is(end._tag, 'Right')
  assert.is(pids.length, 2)
  await noneLeft(pids)
})

test('what is left of a program may still write for a moment after its exit', () =>
  inFolder(async (root) => {
    // It is there and waits: the end of the program closes the pipe that it reads.
    const script = 'mkfifo pipe; (read line <pipe; echo late) & exec 3>pipe; echo early'
    const attempt = start(root, { command: ['sh', '-c', script] })
    await attempt.ended
    assert.is(attempt.told.map(({ text }) => text).join(''), 'early\nlate\n')
  }))

test('a process that leaves the group and keeps the output open holds the attempt no longer than half a second', async () => {
  const script = `
    const { spawn } = require('node:child_process')
    const one = spawn('sleep', ['600'], { detached: true, stdio: 'inherit' })
    console.log('pid ' + one.pid)
    one.unref()`
  const pipes = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'PipeWrap').length
  // Those of the test before count until the event loop has come round to them.
  for (let turn = 0; turn < 1_000 && pipes() > 0; turn++) await new Promise((resolve) => setImmediate(resolve))
  const before = pipes()
  const attempt = start(here, { command: node(script) })
  const end = await attempt.ended
  const [pid = 0] = pidsIn(attempt.told.map(({ text }) => text).join(''))
  assert.is(end._tag, 'Right')
  assert.ok(isRunning(pid), 'it was expected to outlive the attempt')
  for (let turn = 0; turn < 1_000 && pipes() > before; turn++) await new Promise((resolve) => setImmediate(resolve))
  assert.is(pipes(), before)
  process.kill(pid, 'SIGKILL')
})

if (process.platform === 'linux')
  test('a zombie that its parent, outside the group, does not reap does not hold the attempt', async () => {
    const parent = `sleep 0.01 & echo "pid $$"; exec setsid sleep 600 >/dev/null 2>&1`
    // The program ends once its child has left the group and has a zombie in it.
    const until = 'until [ "$(ps -o sid= -p $! | tr -d " ")" = $! ] && ps -o stat= --ppid $! | grep -q Z; do sleep 0.01; done'
    const attempt = start(here, { command: ['sh', '-c', `sh -c '${parent}' & ${until}`] })
    const end = await attempt.ended
    const [pid = 0] = pidsIn(attempt.told.map(({ text }) => text).join(''))
    assert.is(end._tag, 'Right')
    assert.ok(isRunning(pid), 'the attempt was expected to end before the parent of the zombie')
    process.kill(pid, 'SIGKILL')
  })

test('a zombie is no living member of a group', () => {
  const child = spawn('true', { detached: true, stdio: 'ignore' })
  const group = child.pid ?? 0
  // While this thread waits, nothing reaps the child.
  const state = (): string => execFileSync('ps', ['-o', 'stat=', '-p', `${group}`], { encoding: 'utf8' })
  while (!state().startsWith('Z')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
  assert.is(process.kill(-group, 0), true)
  assert.is(hasLivingMember(group), process.platform !== 'linux')
})

for (const [title, ending] of [
  ['exits', 'process.exit(0)'],
  ['throws', `throw new Error('boom')`],
] as const)
  test(`no program outlives a process that ${title}`, () =>
    inFolder(async (folder) => {
      const url = new URL('../../../src/operations/shell/shellOperations.js', import.meta.url).href
      const script = `
        const { shellOperations } = await import(${JSON.stringify(url)})
        const [type] = shellOperations({ roots: [${JSON.stringify(folder)}] })
        const output = (stream, text) => {
          process.stdout.write(text, () => { ${ending} })
        }
        void type.perform(
          { command: ['sh', '-c', 'trap "" TERM; echo "pid $$"; sleep 60'] },
          { signal: new AbortController().signal, output, process: () => undefined, redactStream: () => ({ add: (text) => text, end: () => '' }) },
        )()`
      const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
      let text = ''
      parent.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      await once(parent, 'close')
      const pids = pidsIn(text)
      assert.is(pids.length, 1)
      await noneLeft(pids)
    }))

test('the hook on the exit of this process is there only while a program runs', async () => {
  const before = process.listenerCount('exit')
  const attempts = [1, 2].map(() => start(here, { command: ['sh', '-c', 'echo there; sleep 60'] }))
  await Promise.all(attempts.map((attempt) => attempt.saying('there')))
  assert.is(process.listenerCount('exit'), before + 1)
  for (const attempt of attempts) attempt.abort()
  await Promise.all(attempts.map(({ ended }) => ended))
  assert.is(process.listenerCount('exit'), before)
})

test.run()
