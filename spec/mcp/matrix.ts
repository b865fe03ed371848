import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { serveOnHttp } from '../../src/mcp/serve/http.js'
import { protocolServer } from '../../src/mcp/serve/server.js'
import { untilGone } from '../support/untilGone.js'
import { file, inRoot, isAlive, node } from './inRoot.js'
import { speakers, type Place, type Speaker } from './speakers.js'

const token = 'a token of this spec'

const places: Readonly<Record<Place['type'], (root: string, body: (place: Place) => Promise<void>) => Promise<void>>> = {
  stdio: (root, body) => body({ type: 'stdio', args: ['--root', root, '--allow-program', 'node'] }),
  async http(root, body) {
    const host = toolHost({ root, allowPrograms: ['node'] })
    const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, '0'), port: 0, token, log: () => undefined })
    try {
      await body({ type: 'http', url: served.url, token })
    } finally {
      await served.close()
    }
  },
}

/** A program that says who it is and then does nothing for ten minutes. */
export const sleeper = node('sleep', `require('fs').writeFileSync('pid', String(process.pid)); setTimeout(() => {}, 600_000)`)

export async function pidIn(root: string, name = 'pid'): Promise<number> {
  const path = join(root, name)
  for (let waited = 0; waited < 60_000; waited += 20) {
    if (existsSync(path) && (await readFile(path, 'utf8')) !== '') return Number(await readFile(path, 'utf8'))
    await delay(20)
  }
  throw new Error('The program did not start.')
}

function hasPid(root: string): boolean {
  const path = join(root, 'pid')
  return existsSync(path) && readFileSync(path, 'utf8') !== ''
}

/** What every client can do with the server at one kind of place. */
export function matrix(where: Place['type']) {
  const test = suite(`clients over ${where}`)
  const inPlace = places[where]
  for (const [who, speak] of Object.entries(speakers)) {
    const spoken = (body: (speaker: Speaker, root: string) => Promise<void>) => () =>
      inRoot({}, (root) =>
        inPlace(root, async (place) => {
          const speaker = await speak(place)
          try {
            await body(speaker, root)
          } finally {
            await speaker.close()
          }
        }),
      )

    test(
      `${who} over ${where} lists, calls and hears progress that rises`,
      spoken(async (speaker) => {
        assert.ok((await speaker.list()).includes('batch_execute'))
        const told: number[] = []
        const { status, operations } = await speaker.call(
          'batch_execute',
          {
            operations: [file('w', 'write', { path: 'a.txt', content: 'hi' }), node('later', 'setTimeout(() => {}, 1_300)')],
            returns: ['w'],
          },
          { onprogress: ({ progress }) => told.push(progress) },
        )
        assert.is(status, 'succeeded')
        assert.equal(operations, [
          { id: 'w', outcome: 'succeeded', value: { path: 'a.txt', bytes: 2, created: true } },
          { id: 'later', outcome: 'succeeded' },
        ])
        assert.ok(told.length > 0)
        assert.ok(
          told.every((progress, place) => place === 0 || progress > told[place - 1]!),
          told.join(' '),
        )
      }),
    )

    test(
      `a cancel from ${who} over ${where} ends what runs`,
      spoken(async (speaker, root) => {
        const cancel = new AbortController()
        const called = speaker.call('batch_execute', { operations: [sleeper] }, { signal: cancel.signal })
        const rejected = called.then(
          () => false,
          () => true,
        )
        const pid = await pidIn(root)
        cancel.abort()
        assert.ok(await rejected)
        assert.ok(await untilGone(pid))
      }),
    )

    test(
      `a call that ${who} over ${where} waits no longer for is ended too`,
      spoken(async (speaker, root) => {
        // On a slow machine the first may be over before the program has begun.
        for (const timeout of [1_500, 6_000, 24_000]) {
          const called = speaker.call('batch_execute', { operations: [sleeper] }, { timeout }).then(
            () => false,
            () => true,
          )
          assert.ok(await called)
          if (hasPid(root)) break
        }
        assert.ok(await untilGone(await pidIn(root)))
      }),
    )

    test(
      `a batch that outlasts waitMs is left running for ${who} over ${where}, and can be asked for and stopped`,
      spoken(async (speaker, root) => {
        const left = await speaker.call('batch_execute', { operations: [sleeper], waitMs: 50 })
        assert.is(left['status'], 'running')
        const pid = await pidIn(root)
        const asked = await speaker.call('batch_status', { batchId: left['batchId'], waitMs: 10 })
        assert.is(asked['status'], 'running')
        assert.equal(asked['running'], ['sleep'])
        const stopped = await speaker.call('batch_cancel', { batchId: left['batchId'] })
        assert.is(stopped['status'], 'cancelled')
        assert.not(isAlive(pid))
      }),
    )
  }
  return test
}
