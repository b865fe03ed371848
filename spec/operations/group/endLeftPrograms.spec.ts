import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { endLeftPrograms } from '../../../src/operations/group/endLeftPrograms.js'
import { isAlive, processStart } from '../../../src/system/processStart.js'

const test = suite('programs that a killed run left')

/** Leads a process group of its own, as every program of a run does. */
async function left(): Promise<{ readonly child: ChildProcess; readonly pid: number }> {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  await once(child, 'spawn')
  return { child, pid: child.pid! }
}

test('those that are still the ones that were started are ended', async () => {
  const { child, pid } = await left()
  const ended = once(child, 'exit')
  const startedAt = processStart(pid)
  await endLeftPrograms([{ pid, ...(startedAt !== undefined && { startedAt }) }])
  // Where nothing says when a program started, it is left alone.
  if (startedAt === undefined) child.kill('SIGKILL')
  await ended
  assert.not(isAlive(pid, startedAt))
})

test('one whose number was given to another program since, or of which no start is known, is left alone', async () => {
  const { child, pid } = await left()
  await endLeftPrograms([{ pid, startedAt: 'another start' }, { pid }])
  assert.ok(isAlive(pid, undefined))
  child.kill('SIGKILL')
  await once(child, 'exit')
})

test.run()
