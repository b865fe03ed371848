import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { BatchEvent, EventOfType } from '../../src/model/event.js'
import { standardOperations } from '../../src/operations/standard.js'
import { tempTree } from '../support/tempTree.js'

const test = suite('secrets of real operations')

const token = 'Wq3xZ8vLk2TnRb7Y'
const hook = '/services/T0AAAAA/B0AAAAA/Xy7hKq2mWz9pLs4v'

/** What is asked for decides the answer. */
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://h')
  switch (pathname) {
    case '/login':
      response.setHeader('set-cookie', [`sid=${token}; Path=/; HttpOnly`, 'theme=dark'])
      response.setHeader('x-csrf-token', 'csrf-4711-abc')
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({ access_token: 'at-9f8e7d6c', password: 'pw', usage: { total_tokens: 7 }, nextPageToken: 'page-2-of-9' }),
      )
      return
    case '/echo':
      response.statusCode = 500
      response.setHeader('content-type', 'text/plain')
      response.end(`${'-'.repeat(490)}${token}${'-'.repeat(5_000)}`)
      return
    case '/broken':
      response.setHeader('content-type', 'application/json')
      response.end(`{"a": ${token}}`)
      return
    default:
      response.statusCode = 404
      response.setHeader('content-type', 'text/plain')
      response.end(`no hook at ${request.url}`)
  }
})
const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

test.before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
test.after(() => {
  server.closeAllConnections()
  server.close()
})

const variables = (): Readonly<Record<string, string>> => ({ TOKEN: token, HOOK: origin() + hook })

async function run(operations: readonly object[]): Promise<readonly BatchEvent[]> {
  const types = standardOperations({ root: tempTree(), allowPrivateAddresses: true })
  for (const [name, value] of Object.entries(variables())) process.env[`MILLRACE_SPEC_${name}`] = value
  const plan: unknown = { concurrency: 1, operations }
  try {
    return await lastValueFrom(runBatch(plan, { operations: types }).pipe(toArray()))
  } finally {
    for (const name of Object.keys(variables())) delete process.env[`MILLRACE_SPEC_${name}`]
  }
}

const secret = (name: string): object => ({ $secret: `MILLRACE_SPEC_${name}` })
const http = (id: string, params: object): object => ({ id, type: 'http', operation: 'request', params })
const node = (id: string, code: string, params: object = {}): object => ({
  id,
  type: 'shell',
  operation: 'run',
  params: { command: [process.execPath, '-e', code], env: { IT: secret('TOKEN') }, ...params },
})

function endOf<T extends BatchEvent['type']>(events: readonly BatchEvent[], type: T, id: string): EventOfType<T> {
  const found = events.find((event) => event.type === type && 'id' in event && event.id === id)
  assert.ok(found, `${type} of ${id} in ${JSON.stringify(events)}`)
  return found as EventOfType<T>
}

/** No piece of a secret of six letters or more is anywhere in what is told. */
function showsNothing(events: readonly BatchEvent[], ...secrets: readonly string[]): void {
  const text = JSON.stringify(events)
  for (const each of secrets)
    for (let at = 0; at + 6 <= each.length; at++)
      assert.not.ok(text.includes(each.slice(at, at + 6)), `${each.slice(at, at + 6)} in ${text}`)
}

test('cookies and tokens of an answer are hidden, usage and page tokens are not, and what is passed on is whole', async () => {
  const events = await run([
    http('login', { url: `${origin()}/login` }),
    { id: 'kept', type: 'file', operation: 'write', params: { path: 'a', content: { $template: 'it is {{login.body.access_token}}' } } },
    { id: 'read', type: 'file', operation: 'read', params: { path: 'a' }, dependencies: ['kept'] },
    node('said', `process.stdout.write(process.argv[1])`, {
      command: [process.execPath, '-p', 'process.argv[1]', { $ref: 'login.body.access_token' }],
    }),
  ])
  const { value, masked } = endOf(events, 'operation-succeeded', 'login')
  const { headers, body } = value as { headers: Record<string, unknown>; body: unknown }
  assert.equal(headers['set-cookie'], ['[secret]', '[secret]'])
  assert.is(headers['x-csrf-token'], '[secret]')
  assert.equal(body, { access_token: '[secret]', password: '[secret]', usage: { total_tokens: 7 }, nextPageToken: 'page-2-of-9' })
  assert.is(masked, true)
  assert.equal((endOf(events, 'operation-succeeded', 'read').value as { content: string; bytes: number }).bytes, 'it is at-9f8e7d6c'.length)
  assert.is((endOf(events, 'operation-succeeded', 'read').value as { content: string }).content, 'it is [secret]')
  assert.is((endOf(events, 'operation-succeeded', 'said').value as { stdout: string }).stdout, '[secret]')
  showsNothing(events, token, 'at-9f8e7d6c')
})

test('what functions give, emit, throw and fall back to is hidden by its name', async () => {
  const events = await lastValueFrom(
    runBatch(
      [
        operation('gives', () => ({ user: 'ada', password: 'Hq7-zR2v-Kw9x' })),
        operation('emits', ({ emit }) => emit('session', { token: 'Jm4-bT8n-Lx3c' })),
        operation('throws', () => {
          throw Object.assign(new Error('401'), { response: { headers: { authorization: 'Bearer Pd6-gY1s-Nq5w' } } })
        }),
        operation('recovers', () => Promise.reject(new Error('no')), { fallback: { client_secret: 'Vf2-kU7h-Cz8j' } }),
        operation('tells', () => 'Hq7-zR2v-Kw9x Jm4-bT8n-Lx3c Pd6-gY1s-Nq5w Vf2-kU7h-Cz8j'),
      ],
      { concurrency: 1 },
    ).pipe(toArray()),
  )
  assert.equal(endOf(events, 'operation-succeeded', 'gives').value, { user: 'ada', password: '[secret]' })
  assert.equal(endOf(events, 'operation-emitted', 'emits').data, { token: '[secret]' })
  assert.equal(endOf(events, 'operation-succeeded', 'recovers').value, { client_secret: '[secret]' })
  assert.is(endOf(events, 'operation-succeeded', 'tells').value, '[secret] [secret] [secret] [secret]')
  showsNothing(events, 'Hq7-zR2v-Kw9x', 'Jm4-bT8n-Lx3c', 'Pd6-gY1s-Nq5w', 'Vf2-kU7h-Cz8j')
})

test('a URL that is a secret is not shown by the message of a 404', async () => {
  const events = await run([http('post', { url: secret('HOOK'), method: 'POST', body: { text: 'hello' } })])
  const { message } = endOf(events, 'operation-failed', 'post').error
  assert.is(message, 'POST [secret] answered 404 Not Found, not 2xx. It said: no hook at [secret]')
  showsNothing(events, 'Xy7hKq2mWz9pLs4v')
})

test('a body that is cut at 500 bytes shows no piece of a secret that stands there', async () => {
  const events = await run([http('echo', { url: `${origin()}/echo`, headers: { 'x-key': secret('TOKEN') } })])
  assert.match(endOf(events, 'operation-failed', 'echo').error.message, / It said: -{490}…$/)
  showsNothing(events, token)
})

test('what is no JSON is not quoted with a piece of a secret', async () => {
  const events = await run([http('broken', { url: `${origin()}/broken`, headers: { 'x-key': secret('TOKEN') } })])
  assert.match(endOf(events, 'operation-failed', 'broken').error.message, 'the response is not valid JSON')
  showsNothing(events, token)
})

test('an output of which the middle is left out shows no piece of a secret at either cut, wherever it is made', async () => {
  const code = `process.stdout.write('a'.repeat(300) + process.env.IT + 'b'.repeat(300)); process.stderr.write(process.env.IT.repeat(40))`
  for (let most = 590; most < 616; most += 5) {
    const events = await run([
      node('long', code, { maxOutputBytes: most }),
      node('fails', `${code}; process.exitCode = 1`, { maxOutputBytes: most }),
    ])
    showsNothing(events, token)
    const { value } = endOf(events, 'operation-succeeded', 'long')
    assert.match((value as { stdout: string }).stdout, /^a+/)
  }
})

test('an output that is whole is passed on whole', async () => {
  const events = await run([
    node('says', 'process.stdout.write(process.env.IT)'),
    node('hears', `process.exitCode = process.argv[1] === process.env.IT ? 0 : 1`, {
      command: [process.execPath, '-e', `process.exitCode = process.argv[1] === process.env.IT ? 0 : 1`, { $ref: 'says.stdout' }],
    }),
  ])
  endOf(events, 'operation-succeeded', 'hears')
  showsNothing(events, token)
})

test('a value that does not fit is not quoted with a piece of a secret', async () => {
  const events = await run([
    node('says', `process.stdout.write('-'.repeat(75) + process.env.IT)`),
    { id: 'odd', type: 'file', operation: 'write', params: { path: 'a', content: '', mode: { $ref: 'says.stdout' } } },
  ])
  assert.match(endOf(events, 'operation-failed', 'odd').error.message, 'expected a mode of three octal digits')
  showsNothing(events, token)
})

test('the beginning of a text that an edit did not find, and lines that a search cuts, show no piece of a secret', async () => {
  const long = { $template: '{{pad.stdout}}' }
  const around = ['', 'x'.repeat(50), 'x'.repeat(395), 'x'.repeat(700)]
  for (const before of around) {
    const file = (operation: string, params: object): object => ({ id: operation, type: 'file', operation, params })
    const events = await run([
      node('pad', `process.stdout.write('${before}' + process.env.IT + 'needle' + 'y'.repeat(600))`),
      file('write', { path: 'a', content: long }),
      { ...file('search', { path: 'a', text: 'needle', context: 1 }), dependencies: ['write'] },
      { ...file('edit', { path: 'a', edits: [{ find: { $template: '-{{pad.stdout}}' }, replace: '' }] }), dependencies: ['write'] },
    ])
    assert.match(endOf(events, 'operation-failed', 'edit').error.message, 'edits[0].find is not in the file')
    const { matches } = endOf(events, 'operation-succeeded', 'search').value as { matches: readonly { text: string }[] }
    assert.match(matches[0]?.text ?? '', 'needle')
    showsNothing(events, token)
  }
})

test.run()
