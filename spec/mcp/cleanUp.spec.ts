import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { untilGone } from '../support/untilGone.js'
import { inRoot, node } from './inRoot.js'
import { pidIn } from './matrix.js'
import { openedServer, textOf, type RawServer } from './rawServer.js'

const test = suite('clean-up over MCP')

const tellPid = (name: string): string => `require('fs').writeFileSync('${name}', String(process.pid))`
const work = node('work', `${tellPid('working')}; setTimeout(() => {}, 600_000)`)
const clean = (code: string): object => ({ ...node('clean', code), dependencies: ['work'], when: 'settled' })

/** Asks for a batch without waiting for what is answered. */
function open(server: RawServer, operations: readonly object[]): void {
  const params = { name: 'batch_execute', arguments: { operations } }
  server.send({ jsonrpc: '2.0', id: 'open', method: 'tools/call', params })
}

async function untilThere(path: string): Promise<void> {
  while (!existsSync(path)) await delay(20)
}

test('a cancelled call cleans up behind the call: others are answered meanwhile, and it is not', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    const waitsForGo = `${tellPid('cleaning')}; setInterval(() => { if (require('fs').existsSync('go')) { ${tellPid('cleaned')}; process.exit() } }, 20)`
    open(server, [work, clean(waitsForGo)])
    const worker = await pidIn(root, 'working')
    server.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'open', reason: 'enough' } })
    await untilThere(join(root, 'cleaning'))
    assert.ok(await untilGone(worker), 'clean-up starts once what was cancelled has ended')
    const other = await server.call('batch_execute', { operations: [node('other', 'console.log("answered")')] })
    assert.match(textOf(other), 'answered')
    assert.not(existsSync(join(root, 'cleaned')))
    writeFileSync(join(root, 'go'), '')
    await untilThere(join(root, 'cleaned'))
    assert.is(await server.end(), 0)
    assert.is(
      server.heard.find(({ id }) => id === 'open'),
      undefined,
    )
  }))

test('batch_cancel runs the clean-up of a batch that was left running', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    const left = await server.call('batch_execute', { operations: [work, clean(tellPid('cleaned'))], waitMs: 0, as: 'json' })
    await pidIn(root, 'working')
    const { batchId } = JSON.parse(textOf(left)) as { readonly batchId: string }
    await server.call('batch_cancel', { batchId })
    await untilThere(join(root, 'cleaned'))
    assert.is(await server.end(), 0)
  }))

test('when stdin is closed clean-up runs before the server ends', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    open(server, [
      work,
      { id: 'clean', type: 'file', operation: 'write', params: { path: 'cleaned', content: '' }, dependencies: ['work'], when: 'settled' },
    ])
    await pidIn(root, 'working')
    assert.is(await server.end(), 0)
    assert.ok(existsSync(join(root, 'cleaned')))
  }))

test('when stdin is closed clean-up has a second and a half, and is ended then', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    open(server, [work, clean(`${tellPid('cleaning')}; setTimeout(() => {}, 600_000)`)])
    await pidIn(root, 'working')
    const before = performance.now()
    const code = await server.end()
    const tookMs = performance.now() - before
    assert.is(code, 0)
    // A timer may fire a moment early; the thirty seconds that clean-up has elsewhere would be far more.
    assert.ok(tookMs > 1_450 && tookMs < 25_000, `${tookMs} ms`)
    // On a slow machine the second and a half may be over before the program has said anything.
    const told = existsSync(join(root, 'cleaning')) ? readFileSync(join(root, 'cleaning'), 'utf8') : ''
    if (told !== '') assert.ok(await untilGone(Number(told)))
  }))

test.run()
