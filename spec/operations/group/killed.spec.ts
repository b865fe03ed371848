import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isRunning } from '../shell/shellAttempt.js'

// @limit 2400
// A hundred rounds of each: MILLRACE_ROUNDS=100 npm run spec group/killed
const rounds = Number(process.env['MILLRACE_ROUNDS'] ?? 2)
const members = 8
// A machine with other work on it may take longer: the promise itself is looked at in many rounds.
const limitMs = rounds > 10 ? 3_000 : 60_000

const test = suite('programs of a process that is killed')
const victim = fileURLToPath(new URL('./victim.js', import.meta.url))

/** Ends a process with stubborn programs in this way, and gives how long after that the last of them ran; undefined when one still does. */
async function lastOf(way: NodeJS.Signals | 'heap' | 'abort'): Promise<number | undefined> {
  const child = spawn(process.execPath, ['--max-old-space-size=30', victim, way], { stdio: ['pipe', 'pipe', 'ignore'] })
  let text = ''
  const pids = (): readonly number[] => [...text.matchAll(/pid (\d+)\n/g)].map(([, pid]) => Number(pid))
  child.stdin.on('error', () => undefined)
  const ended = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    void ended.then(() => reject(new Error(`It ended before all its programs ran:\n${text}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (pids().length === members) resolve()
    })
  })
  if (way === 'heap' || way === 'abort') child.stdin.write('now')
  else child.kill(way)
  await ended
  const since = performance.now()
  while (performance.now() - since < limitMs) {
    if (!pids().some(isRunning)) return performance.now() - since
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  for (const pid of pids().filter(isRunning)) process.kill(pid, 'SIGKILL')
  return undefined
}

for (const way of ['SIGKILL', 'SIGQUIT', 'SIGABRT', 'SIGUSR2', 'SIGALRM', 'abort', 'heap'] as const)
  test(`are gone soon after its end: ${way}`, async () => {
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const time = await lastOf(way)
      assert.type(time, 'number', `round ${round}: programs are left`)
      times.push(time ?? 0)
    }
    if (rounds > 10) {
      const [median, most] = [times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)], Math.max(...times)]
      process.stderr.write(`${way}: ${rounds} rounds, none left; median ${median?.toFixed(0)} ms, most ${most.toFixed(0)} ms\n`)
    }
  })

test.run()
