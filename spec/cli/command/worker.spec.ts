// @needs redis-server
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ownRedis } from '../../support/redis.js'
import { inFolder, millrace, start } from './millrace.js'

const test = suite('millrace worker')
const env = { MILLRACE_QUEUE_KEY: Buffer.alloc(32, 6).toString('base64') }
const plan = JSON.stringify({
  defaults: { place: 'any' },
  operations: [
    { id: 'a', type: 'shell.run', params: { command: ['sh', '-c', 'echo from the worker'] } },
    { id: 'b', type: 'file.write', params: { path: 'b.txt', content: { $ref: 'a.stdout' } } },
    { id: 'c', type: 'file.read', params: { path: 'b.txt' }, place: 'here' },
  ],
})

test('performs what a run sends with --on, and stops in order on SIGTERM', async () => {
  const redis = await ownRedis()
  await inFolder({ 'plan.json': plan }, async (cwd) => {
    const worker = start(['worker', redis.url, '--slots', '2'], { cwd, env })
    await worker.told('takes operations for any, 2 at once.')
    const ran = await millrace(['run', 'plan.json', '--on', redis.url, '--json'], { cwd, env })
    assert.is(ran.code, 0, ran.stderr)
    assert.match(ran.stdout, 'from the worker')
    worker.child.kill('SIGTERM')
    const { code, stderr } = await worker.ended
    assert.is(code, 0, stderr)
    assert.match(stderr, 'takes no more operations')
  })
  await redis.close()
})

const failing = JSON.stringify({
  defaults: { place: 'any' },
  operations: [
    { id: 'absent', type: 'file.read', params: { path: 'absent.txt' }, retry: 3 },
    { id: 'code', type: 'shell.run', params: { command: ['sh', '-c', 'exit 4'] } },
    {
      id: 'pay',
      type: 'shell.run',
      params: { command: ['sh', '-c', 'echo paid >> pay.log; sleep 120'] },
      // The worker is killed in it, and the ends of the others must have reached the run by then.
      dependencies: ['absent', 'code'],
      when: 'settled',
      retry: 2,
    },
  ],
})

test('a failure at a worker is what it would be here, and what may have had its effect is not done twice', async () => {
  const redis = await ownRedis()
  await inFolder({ 'plan.json': failing }, async (cwd) => {
    const worker = start(['worker', redis.url, '--slots', '3'], { cwd, env })
    await worker.told('takes operations for any, 3 at once.')
    const run = start(['run', 'plan.json', '--on', redis.url, '--json'], { cwd, env })
    const paid = join(cwd, 'pay.log')
    while (!existsSync(paid) || readFileSync(paid, 'utf8') === '') await delay(50)
    worker.child.kill('SIGKILL')
    const next = start(['worker', redis.url, '--slots', '3'], { cwd, env })
    const { code, stdout, stderr } = await run.ended
    assert.is(code, 1, stderr)
    const { operations } = JSON.parse(stdout) as { operations: readonly { id: string; attempts: number; error: { type: string } }[] }
    const ends = Object.fromEntries(operations.map(({ id, error, attempts }) => [id, [error.type, attempts]]))
    assert.equal(ends, { absent: ['not-found', 1], code: ['exit-code', 1], pay: ['worker-lost', 1] })
    assert.is(readFileSync(paid, 'utf8'), 'paid\n')
    next.child.kill('SIGTERM')
    await next.ended
  })
  await redis.close()
})

test('a plan with a place needs --on; --here performs everything in the run', async () => {
  await inFolder({ 'plan.json': plan }, async (cwd) => {
    const refused = await millrace(['run', 'plan.json'], { cwd, env })
    assert.is(refused.code, 2)
    assert.match(refused.stderr, 'run everything here (--here)')
    assert.is((await millrace(['run', 'plan.json', '--here'], { cwd, env })).code, 0)
    const shown = await millrace(['plan', 'plan.json'], { cwd, env })
    assert.match(shown.stdout, 'at any worker')
    assert.match(shown.stdout, 'these could not be undone: a and b.')
  })
})

test('what is wrong with the queue or its key is told before anything happens', async () => {
  await inFolder({ 'plan.json': plan }, async (cwd) => {
    const rows: readonly (readonly [readonly string[], { readonly [name: string]: string }, string])[] = [
      [['run', 'plan.json', '--on', 'localhost'], env, 'is not the address of a Redis'],
      [['run', 'plan.json', '--on', 'redis://127.0.0.1:1'], env, 'cannot be used: '],
      [['run', 'plan.json', '--on', 'redis://127.0.0.1:1'], { MILLRACE_QUEUE_KEY: '' }, 'MILLRACE_QUEUE_KEY is not set'],
      [['worker', 'redis://127.0.0.1:1'], { MILLRACE_QUEUE_KEY: 'abcd' }, 'holds 3 bytes in base64'],
      [['worker', 'redis://127.0.0.1:1', '--place', 'here'], env, 'is not a valid place'],
    ]
    for (const [args, own, expected] of rows) {
      const { code, stderr } = await millrace(args, { cwd, env: own })
      assert.is(code, 2, args.join(' '))
      assert.match(stderr, expected)
    }
  })
})

test.run()
