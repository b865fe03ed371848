// @needs redis-server
import { Queue } from 'bullmq'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastValueFrom, tap, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { hasLivingMember } from '../../../src/operations/group/livingMember.js'
import { standardOperations } from '../../../src/operations/standard.js'
import { ownerName, thisOwner } from '../../../src/system/owner.js'
import { isAlive, processStart } from '../../../src/system/processStart.js'
import { bullmqPerformer } from '../../../src/workers/bullmq/driver/bullmqPerformer.js'
import { queueOf } from '../../../src/workers/bullmq/wire/names.js'
import { bullmqWorker } from '../../../src/workers/bullmq/worker/bullmqWorker.js'
import { endProgramsOfKilled } from '../../../src/workers/bullmq/worker/notedPrograms.js'
import { ownRedis } from '../../support/redis.js'
import { tempTree } from '../../support/tempTree.js'

const test = suite('programs at workers')
const key = Buffer.alloc(32, 4).toString('base64')

test('cancelling ends thirty trees of programs, and leaves nothing in the queue', async () => {
  const redis = await ownRedis()
  const root = tempTree({})
  const operations = standardOperations({ root })
  const stopWorker = new AbortController()
  const worker = new Promise<void>((resolve, reject) => {
    bullmqWorker({ url: redis.url, key, operations, slots: 30, root, signal: stopWorker.signal }).subscribe({
      complete: () => resolve(),
      error: reject,
    })
  })
  const performer = bullmqPerformer({ url: redis.url, key })
  const stop = new AbortController()
  const groups = new Set<number>()
  // More than there are slots: some are cancelled in the queue.
  const plan = Array.from({ length: 40 }, (_, at) => ({
    id: `tree${at}`,
    type: 'shell.run',
    place: 'any',
    params: { command: ['sh', '-c', 'sleep 1000 & (sleep 1000 & wait) & echo group $$; wait'] },
  }))
  const events = await lastValueFrom(
    runBatch(plan as never, { operations, performer, concurrency: 40, signal: stop.signal }).pipe(
      tap((event) => {
        if (event.type !== 'operation-output') return
        for (const [, group] of event.text.matchAll(/group (\d+)/g)) groups.add(Number(group))
        if (groups.size === 30) stop.abort()
      }),
      toArray(),
    ),
  )
  assert.is(groups.size, 30)
  for (const group of groups) assert.not.ok(hasLivingMember(group), `group ${group}`)
  assert.is(events.filter(({ type }) => type === 'operation-cancelled').length, 40)
  await performer.close()
  stopWorker.abort()
  await worker
  const queue = new Queue(queueOf('any'), { connection: { url: redis.url } })
  const counts = await queue.getJobCounts()
  assert.equal(
    Object.values(counts).reduce((sum, count) => sum + count, 0),
    0,
    JSON.stringify(counts),
  )
  await queue.close()
  await redis.close()
  // Stopped in order, it leaves no note.
  assert.equal(readdirSync(join(root, '.millrace', 'workers')), [])
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
