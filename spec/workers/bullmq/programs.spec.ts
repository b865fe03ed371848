// @needs redis-server
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ownerName, thisOwner } from '../../../src/system/owner.js'
import { isAlive, processStart } from '../../../src/system/processStart.js'
import { endProgramsOfKilled } from '../../../src/workers/bullmq/worker/notedPrograms.js'
import { tempTree } from '../../support/tempTree.js'
import { cancelledTrees } from './cancelledTrees.js'

const test = suite('programs at workers')

test('cancelling ends thirty trees of programs, and leaves nothing in the queue', async () => {
  const { groups, left, cancelled, inQueue, notes } = await cancelledTrees(30)
  // More than there are slots: some are cancelled in the queue. How long it takes is measured by `npm run kills`.
  assert.equal({ groups, left, cancelled, inQueue, notes }, { groups: 30, left: 0, cancelled: 40, inQueue: 0, notes: [] })
})

test('a worker that starts ends the programs that a killed one has left, and no others', async () => {
  const root = tempTree({})
  const folder = join(root, '.millrace', 'workers')
  mkdirSync(folder, { recursive: true })
  const sleeper = () => spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' })
  const [left, other, mine] = [sleeper(), sleeper(), sleeper()]
  await Promise.all([left, other, mine].map((program) => once(program, 'spawn')))
  const dead = spawn('true')
  await once(dead, 'exit')
  const note = (pid: number, startedAt: string | undefined): string => `${JSON.stringify({ pid, startedAt })}\n`
  const killed = ownerName({ ...thisOwner(), pid: dead.pid!, start: '1' })
  // One whose number was given again is another program; the last line was cut off by the kill.
  writeFileSync(join(folder, killed), `${note(left.pid!, processStart(left.pid!))}${note(other.pid!, 'boot 1')}{"pid":12`)
  const living = ownerName(thisOwner())
  writeFileSync(join(folder, living), note(mine.pid!, processStart(mine.pid!)))
  const exit = once(left, 'exit')
  await endProgramsOfKilled(root)
  await exit
  assert.ok(isAlive(other.pid!, undefined) && isAlive(mine.pid!, undefined))
  assert.equal([existsSync(join(folder, killed)), existsSync(join(folder, living))], [false, true])
  for (const program of [other, mine]) program.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true, maxRetries: 10 })
})

test.run()
