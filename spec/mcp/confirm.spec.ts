import { existsSync } from 'node:fs'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { serveOnHttp } from '../../src/mcp/serve/http.js'
import { protocolServer } from '../../src/mcp/serve/server.js'
import { askedClients, type AskedClient, type Person, type PersonReply } from './askedClients.js'
import { file } from './inRoot.js'
import type { Place } from './speakers.js'

const token = 'a token of this spec'

interface Opened {
  readonly place: Place
  readonly close: () => Promise<void>
}

const places: Readonly<Record<Place['type'], (root: string) => Promise<Opened>>> = {
  stdio: async (root) => ({
    place: { type: 'stdio', args: ['--root', root, '--confirm', 'file.delete'] },
    close: () => Promise.resolve(),
  }),
  async http(root) {
    const host = toolHost({ root, confirm: ['file.delete'] })
    const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, '0'), port: 0, token, log: () => undefined })
    return { place: { type: 'http', url: served.url, token }, close: served.close }
  },
}

const yes: PersonReply = { action: 'accept', content: {} }
const tidy = { operations: [file('note', 'write', { path: 'note.txt', content: '' }), file('rm', 'delete', { path: 'a.txt' })] }

for (const [who, connect] of Object.entries(askedClients))
  for (const [where, open] of Object.entries(places)) {
    const test = suite(`operations that the user confirms: ${who} over ${where}`)
    let root = ''
    let opened: Opened
    let client: AskedClient
    let person: Person
    let questions: string[] = []
    const has = (name: string): boolean => existsSync(join(root, name))
    const asked = async (count: number): Promise<void> => {
      while (questions.length < count) await delay(5)
    }

    test.before(async () => {
      root = await realpath(await mkdtemp(join(tmpdir(), 'millrace-confirm-')))
      opened = await open(root)
      client = await connect(opened.place, (message, signal) => (questions.push(message), person(message, signal)))
    })
    test.before.each(async () => {
      questions = []
      await rm(join(root, 'note.txt'), { force: true })
      for (const name of ['a.txt', 'b.txt']) await writeFile(join(root, name), name)
    })
    test.after(async () => {
      await client.close()
      await opened.close()
      await rm(root, { recursive: true, force: true, maxRetries: 10 })
    })

    test('consent runs the batch, and is asked for once', async () => {
      person = async () => yes
      const { text, isError } = await client.call({ operations: [...tidy.operations, file('rm2', 'delete', { path: 'b.txt' })] })
      assert.equal([text, isError], ['3 of 3 succeeded', false])
      assert.equal(questions, [
        'A batch of 3 operations is about to run. These 2 have to be confirmed:\n- rm file.delete a.txt\n- rm2 file.delete b.txt\nAccept runs the whole batch; otherwise nothing runs.',
      ])
      assert.equal([has('a.txt'), has('b.txt'), has('note.txt')], [false, false, true])
    })

    test('who declines has nothing run', async () => {
      person = async () => ({ action: 'decline' })
      const { text, isError } = await client.call(tidy)
      assert.is(isError, true)
      assert.is(
        text,
        'Needs confirmation; nothing was done. The user was asked and declined.\nrm file.delete a.txt\nDo not send these operations again without asking. Ask the user what they want instead, or leave them out.',
      )
      assert.equal([has('a.txt'), has('note.txt')], [true, false])
    })

    test('who closes the question has nothing run', async () => {
      person = async () => ({ action: 'cancel' })
      const { text } = await client.call(tidy)
      assert.match(text, 'The user was asked and did not answer: the question was closed.')
      assert.equal([has('a.txt'), has('note.txt')], [true, false])
    })

    test('two calls at once are asked each for itself', async () => {
      const held: { answer: (reply: PersonReply) => void; message: string }[] = []
      person = (message) => new Promise((answer) => void held.push({ answer, message }))
      const first = client.call({ operations: [file('keep', 'delete', { path: 'a.txt' })] })
      const second = client.call({ operations: [file('drop', 'delete', { path: 'b.txt' })] })
      await asked(2)
      for (const { answer, message } of held) answer(message.includes('keep') ? { action: 'decline' } : yes)
      assert.match((await first).text, 'declined')
      assert.is((await second).text, '1 of 1 succeeded')
      assert.equal([has('a.txt'), has('b.txt')], [true, false])
    })

    test('a call that is cancelled while its user is asked has nothing run', async () => {
      person = (_message, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('no'))))
      const cancel = new AbortController()
      const called = client.call(tidy, { signal: cancel.signal }).then(
        () => 'answered',
        () => 'rejected',
      )
      await asked(1)
      cancel.abort()
      assert.is(await called, 'rejected')
      // What comes next is served.
      assert.match((await client.call({ operations: [file('s', 'stat', { path: 'a.txt' })] })).text, '1 of 1 succeeded')
      assert.equal([has('a.txt'), has('note.txt')], [true, false])
    })

    // On the newest revision no request is open while its user is asked.
    if (!who.includes('newest'))
      test('a call whose client waits no longer has nothing run', async () => {
        person = (_message, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('no'))))
        const called = client.call(tidy, { timeout: 200 }).then(
          () => 'answered',
          () => 'rejected',
        )
        assert.is(await called, 'rejected')
        assert.match((await client.call({ operations: [file('s', 'stat', { path: 'a.txt' })] })).text, '1 of 1 succeeded')
        assert.equal([has('a.txt'), has('note.txt')], [true, false])
      })

    test('a dry run says what will be asked, and asks nothing', async () => {
      const { text } = await client.call({ ...tidy, dryRun: true })
      assert.match(text, 'The user will be asked first to confirm: rm.')
      assert.equal(questions, [])
    })

    test.run()
  }
