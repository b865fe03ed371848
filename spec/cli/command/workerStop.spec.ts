// @needs redis-server
// @limit 180
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasLivingMember } from '../../../src/operations/group/livingMember.js'
import { ownRedis } from '../../support/redis.js'
import { inFolder, start, type Ended } from './millrace.js'

const test = suite('stopping millrace worker')
const env = { MILLRACE_QUEUE_KEY: Buffer.alloc(32, 6).toString('base64') }
// The file is there once the program is: its own number is that of its group.
const command = ['sh', '-c', 'sleep 1000 & echo $$ > group.part && mv group.part group; wait']
const plan = JSON.stringify({ operations: [{ id: 'long', type: 'shell.run', params: { command }, place: 'any' }] })

test('a second SIGTERM aborts what it performs, and the run hears that the worker is lost', async () => {
  const redis = await ownRedis()
  await inFolder({ 'plan.json': plan }, async (cwd) => {
    const worker = start(['worker', redis.url], { cwd, env })
    await worker.told('takes operations for any, 1 at once.')
    const run = start(['run', 'plan.json', '--on', redis.url, '--json'], { cwd, env })
    let over: Ended | undefined
    void run.ended.then((ended) => (over = ended))
    while (!existsSync(join(cwd, 'group')) && over === undefined) await delay(20)
    assert.is(over, undefined)
    const group = Number(readFileSync(join(cwd, 'group'), 'utf8'))
    worker.child.kill('SIGTERM')
    await worker.told('takes no more operations')
    assert.ok(hasLivingMember(group))
    // Two signals within 80 ms are one Ctrl-C.
    await delay(500)
    worker.child.kill('SIGTERM')
    const { code, stderr } = await worker.ended
    assert.is(code, 143, stderr)
    // Killed it is; the system may take a moment to see it off.
    while (hasLivingMember(group)) await delay(20)
    const ran = await run.ended
    assert.is(ran.code, 1, ran.stderr)
    const { operations } = JSON.parse(ran.stdout) as { operations: readonly { id: string; attempts: number; error: { type: string } }[] }
    assert.equal(
      operations.map(({ id, attempts, error }) => [id, attempts, error.type]),
      [['long', 1, 'worker-lost']],
    )
  })
  await redis.close()
})

test.run()
