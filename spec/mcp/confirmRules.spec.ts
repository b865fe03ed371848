import { existsSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { suspendedCalls } from '../../src/mcp/asking/suspendedCalls.js'
import type { ClientReply } from '../../src/mcp/call.js'
import { toolHost } from '../../src/mcp/host.js'
import { serveOnHttp } from '../../src/mcp/serve/http.js'
import { protocolServer } from '../../src/mcp/serve/server.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { projectInitBatch } from '../../src/mcp/tools/projectInitBatch.js'
import { askedClients } from './askedClients.js'
import { file, inRoot, node, withHost } from './inRoot.js'
import { rawServer } from './rawServer.js'

const test = suite('rules of what is confirmed')

const run = (...command: readonly unknown[]): object => ({ type: 'shell', operation: 'run', params: { command } })
const remove = (path: unknown, more: object = {}): object => file('x', 'delete', { path, ...more })
const agent = (params: object): object => ({ type: 'agent', operation: 'run', params })
const first = file('first', 'stat', { path: 'a.txt' })
const read = { type: 'file', operation: 'read', params: { path: 'a.txt' } }
const unlink = { type: 'file', operation: 'delete', params: { path: 'src/a.js' } }
const poet = { poet: { runner: { command: ['cat'] } } }

/** A rule, an operation, and whether its user is asked. */
const rows: readonly (readonly [rule: string, operation: object, asks: boolean])[] = [
  ['file.delete', remove('a.txt'), true],
  ['file.delete', file('x', 'write', { path: 'a.txt', content: '' }), false],
  ['file.*', file('x', 'read', { path: 'a.txt' }), true],
  ['*', file('x', 'read', { path: 'a.txt' }), true],
  ['file.delete:src/**', remove('src/a.js'), true],
  ['file.delete:src/**', remove('./src/../src/deep/a.js'), true],
  ['file.delete:src/**', remove('a.txt'), false],
  ['file.delete:src/**', remove('src', { recursive: true }), true],
  ['file.delete:src/**', remove('.', { recursive: true }), true],
  ['file.delete:**/*.js', remove('src/deep', { recursive: true }), true],
  ['file.delete:**/*.js', remove('a.txt'), false],
  ['file.delete:src/**', remove({ $ref: 'first.path' }), true],
  ['file.delete:src/**', remove({ $template: 'build/{{first.path}}' }), true],
  ['file.delete:src/**', remove('linked/a.js'), true],
  ['file.delete:{src,lib}/**', remove('lib/a.js'), true],
  ['file.move:src/**', file('x', 'move', { path: 'src', destination: 'gone' }), true],
  ['file.move:src/**', file('x', 'move', { path: 'a.txt', destination: 'src/a.txt' }), true],
  ['file.move:src/**', file('x', 'move', { path: 'a.txt', destination: 'b.txt' }), false],
  ['file.delete', file('x', 'write', { path: 'b', content: '' }, { undo: unlink }), true],
  ['file.delete', { ...file('x', 'delete', { path: { $item: '' } }), each: ['a', 'b'] }, true],
  ['shell.run', run('node', '-v'), true],
  ['shell.*', run('node', '-v'), true],
  ['shell.run:node -v', run('node', '-v'), true],
  ['shell.run:node -v', run('node', '-e', '1'), false],
  ['shell.run:node --*', run('node', '--version'), true],
  ['shell.run:node', run(process.execPath, '-v'), true],
  ['shell.run:node -e', run('node', { $ref: 'first.path' }), true],
  ['shell.run:node -v x', run('node', '-v'), false],
  ['agent.run', agent({ agent: 'poet', task: 'a verse' }), true],
  ['agent.run:poet', agent({ agent: 'poet', task: 'a verse' }), true],
  ['agent.run:coder', agent({ agent: 'poet', task: 'a verse' }), false],
  ['file.delete', agent({ agent: 'coder', task: unlink }), true],
  ['file.delete', agent({ agent: 'coder', task: read }), false],
  ['file.delete', agent({ agent: 'coder', task: read, accept: { operations: [unlink] } }), true],
  ['file.delete', agent({ agent: 'coder', task: { $ref: 'first' } }), true],
  ['agent.run', { type: 'swarm', operation: 'assign', params: { task: 'a verse' } }, true],
  ['agent.run:poet', { type: 'swarm', operation: 'coordinate', params: { tasks: [read, { task: 'a verse' }] } }, true],
  ['agent.run', { type: 'swarm', operation: 'coordinate', params: { tasks: [read] } }, false],
  ['file.delete', { type: 'swarm', operation: 'coordinate', params: { tasks: [read, { task: unlink }] } }, true],
  ['file.delete', { type: 'swarm', operation: 'coordinate', params: { tasks: { $ref: 'first' } } }, true],
  ['http.request', { type: 'http', operation: 'request', params: { url: 'https://example.com' } }, true],
]

for (const [rule, operation, asks] of rows)
  test(`${rule} ${asks ? 'asks about' : 'says nothing of'} ${JSON.stringify(operation)}`, () =>
    withHost(
      { confirm: [rule], allowPrograms: ['node', process.execPath], agents: poet },
      async (host, root) => {
        await symlink(join(root, 'src'), join(root, 'linked'))
        const { content } = await batchExecute.perform({ operations: [first, operation], dryRun: true }, host, {})
        assert.match(content[0]!.text, /^The plan is good/)
        assert.is(content[0]!.text.includes('cannot ask its user'), asks, content[0]!.text)
      },
      { 'a.txt': '', 'src/a.js': '', 'src/deep/b.js': '', 'lib/a.js': '' },
    ))

for (const [rule, says] of [
  ['file.delte', '"file.delte" does not name an operation.'],
  ['tool.nobody.*', '"tool.nobody.*" does not name an operation.'],
  ['', '"" does not name an operation.'],
  ['file.delete:/etc/**', 'has a pattern that cannot be used'],
  ['file.delete:../x', 'has a pattern that cannot be used'],
  ['file.delete:src/', 'has a pattern that cannot be used'],
  ['file.delete:', 'has a pattern that cannot be used'],
  ['http.request:GET', 'has a pattern that cannot be used'],
  ['*:src/**', 'has a pattern that cannot be used'],
] as const)
  test(`the rule ${JSON.stringify(rule)} is refused at the start`, () => {
    assert.throws(
      () => toolHost({ confirm: [rule] }),
      (error: Error) => error.message.startsWith('confirm: ') && error.message.includes(says),
    )
  })

test('a rule that cannot be used ends the command with what is wrong', () =>
  inRoot({}, async (root) => {
    const server = rawServer(['--root', root, '--confirm', 'file.delte'])
    assert.is(await server.ended, 2)
    assert.match(server.stderr(), 'confirm: "file.delte" does not name an operation.')
  }))

test('a client that cannot ask is told so before anything runs, as text and as JSON', () =>
  withHost({ confirm: ['shell.run'], allowPrograms: ['node'] }, async (host, root) => {
    const operations = [file('note', 'write', { path: 'note.txt', content: '' }), node('build all', '1')]
    const { content, isError } = await batchExecute.perform({ operations }, host, {})
    assert.is(isError, true)
    assert.is(
      content[0]!.text,
      [
        'Needs confirmation; nothing was done. The owner of this server requires the user to confirm these operations, and this client cannot ask (it does not support elicitation).',
        '"build all" shell.run node -e 1',
        'Leave them out and run the rest, or ask the user to do them. The owner decides with --confirm which operations need it.',
      ].join('\n'),
    )
    const json = await batchExecute.perform({ operations, as: 'json' }, host, {})
    const facts = JSON.parse(json.content[0]!.text) as { status: string; reason: string; operations: unknown }
    assert.equal([facts.status, facts.reason], ['needs-confirmation', 'cannot-ask'])
    assert.equal(facts.operations, [{ id: 'build all', name: 'shell.run', what: 'node -e 1' }])
    assert.equal(json.structuredContent, facts)
    assert.not(existsSync(join(root, 'note.txt')))
  }))

test('what the plan itself marks is asked about without any rule, and its writer can take that back', () =>
  withHost({}, async (host, root) => {
    const operations = [file('note', 'write', { path: 'note.txt', content: '' }, { confirm: true }), file('look', 'list', {})]
    const { content, isError } = await batchExecute.perform({ operations }, host, {})
    assert.is(isError, true)
    assert.is(
      content[0]!.text,
      [
        'Needs confirmation; nothing was done. The plan has "confirm" on these operations, and this client cannot ask its user (it does not support elicitation).',
        'note file.write note.txt',
        'Ask the user in the conversation. If they agree, send the plan again without "confirm".',
      ].join('\n'),
    )
    const dry = await batchExecute.perform({ operations, dryRun: true }, host, {})
    assert.match(dry.content[0]!.text, 'cannot ask its user to confirm: note.')
    const declined = await batchExecute.perform({ operations }, host, { ask: async () => ({ type: 'declined' }) })
    assert.match(declined.content[0]!.text, 'The user was asked and declined.')
    assert.not(existsSync(join(root, 'note.txt')))
    const asked: string[] = []
    const ask = async ({ message }: { readonly message: string }): Promise<ClientReply> => (
      asked.push(message),
      { type: 'accepted', text: '' }
    )
    assert.is((await batchExecute.perform({ operations }, host, { ask })).isError, undefined)
    assert.is(asked.length, 1)
    assert.match(asked[0]!, '- note file.write note.txt')
    assert.ok(existsSync(join(root, 'note.txt')))
  }))

test('where a rule holds as well, the owner decides', () =>
  withHost({ confirm: ['file.write'] }, async (host) => {
    const operations = [file('note', 'write', { path: 'note.txt', content: '' }, { confirm: true })]
    const { content } = await batchExecute.perform({ operations }, host, {})
    assert.match(content[0]!.text, 'The owner decides with --confirm')
    assert.not.match(content[0]!.text, 'without "confirm"')
  }))

test('what the user reads of an operation is one line without what could deceive the eye, and no more of it than fits', () =>
  withHost({ confirm: ['shell.run'], allowPrograms: ['node'] }, async (host) => {
    const asked: string[] = []
    const ask = async ({ message }: { readonly message: string }): Promise<ClientReply> => (asked.push(message), { type: 'declined' })
    const operations = Array.from({ length: 30 }, (_, place) =>
      place === 0 ? node('evil', 'a\n- harmless\u202egnirts\u001b[2J') : node(`n${place}`, 'x'.repeat(5_000)),
    )
    await batchExecute.perform({ operations }, host, { ask })
    const lines = asked[0]!.split('\n')
    assert.is(lines.length, 23)
    assert.is(lines[1], '- evil shell.run node -e "a\\n- harmless\\u{202e}gnirts\\u001b[2J"')
    assert.is(lines[21], '- and 10 more')
    assert.ok(lines.every((line) => line.length < 300))
  }))

test('a project is confirmed as well, and a look at it is not', () =>
  withHost({ confirm: ['project.init'] }, async (host, root) => {
    const made = await projectInitBatch.perform({ projectName: 'app', basePath: 'app' }, host, {})
    assert.match(made.content[0]!.text, 'Needs confirmation; nothing was done.')
    assert.not(existsSync(join(root, 'app')))
    const looked = await projectInitBatch.perform({ projectName: 'app', basePath: 'app', dryRun: true }, host, {})
    assert.match(looked.content[0]!.text, 'this is what would be made')
  }))

for (const [who, connect] of Object.entries(askedClients))
  test(`an answer that comes too late runs nothing: ${who}`, () =>
    inRoot({ 'a.txt': '' }, async (root) => {
      const host = toolHost({ root, confirm: ['file.delete'], answerMs: 50 })
      const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, '0'), port: 0, token: 't', log: () => undefined })
      let say: () => void = () => undefined
      const client = await connect({ type: 'http', url: served.url, token: 't' }, async (_message, signal) => {
        // The older revisions take a question back, the newest one hears of it with the answer.
        await new Promise<void>((done) => {
          say = done
          signal.addEventListener('abort', () => done(), { once: true })
          if (who.includes('newest')) setTimeout(done, 300)
        })
        return { action: 'accept', content: {} }
      })
      const { text, isError } = await client.call({ operations: [file('rm', 'delete', { path: 'a.txt' })] })
      assert.is(isError, true)
      assert.match(
        text,
        who.includes('newest') ? 'No call waits for this answer any more' : /did not answer: it was not answered in [\d.]+ minutes/,
      )
      assert.ok(existsSync(join(root, 'a.txt')))
      say()
      await client.close()
      await served.close()
    }))

test('a server whose client goes while its user is asked ends, and nothing was run', () =>
  inRoot({ 'a.txt': '' }, async (root) => {
    const server = rawServer(['--root', root, '--confirm', 'file.delete'])
    const clientInfo = { name: 'spec', version: '1' }
    await server.ask('initialize', { protocolVersion: '2025-11-25', capabilities: { elicitation: {} }, clientInfo })
    server.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    const rm = { name: 'batch_execute', arguments: { operations: [file('rm', 'delete', { path: 'a.txt' })] } }
    server.send({ jsonrpc: '2.0', id: 'call', method: 'tools/call', params: rm })
    await server.hear(({ method }) => method === 'elicitation/create')
    assert.is(await server.end(), 0)
    assert.ok(existsSync(join(root, 'a.txt')))
  }))

test('a client that has only links opened, and no forms, cannot be asked', () =>
  inRoot({ 'a.txt': '' }, async (root) => {
    const server = rawServer(['--root', root, '--confirm', 'file.delete'])
    const clientInfo = { name: 'spec', version: '1' }
    await server.ask('initialize', { protocolVersion: '2025-11-25', capabilities: { elicitation: { url: {} } }, clientInfo })
    server.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    const { result } = await server.call('batch_execute', { operations: [file('rm', 'delete', { path: 'a.txt' })] })
    assert.match(JSON.stringify(result), 'cannot ask')
    await server.end()
  }))

test('suspended calls: an answer is taken once, for its own call, and none is left when the server ends', async () => {
  const calls = suspendedCalls()
  const { signal } = new AbortController()
  const perform = (name: string) => () =>
    calls.begin(async ({ ask }) => said(name, await ask!({ message: name, wants: 'consent' })), { signal })
  const said = (name: string, reply: ClientReply) => ({
    content: [{ type: 'text' as const, text: `${name} ${reply.type}` }],
    structuredContent: {},
  })
  const [a, b, c] = await Promise.all([perform('a')(), perform('b')(), perform('c')()])
  assert.ok(a?.type === 'asks' && b?.type === 'asks' && c?.type === 'asks')
  if (a?.type !== 'asks' || b?.type !== 'asks') return
  const ended = await calls.goOn(b.handle, { type: 'declined' }, { signal })
  assert.is(ended?.type === 'answered' && ended.answer.content[0]?.text, 'b declined')
  assert.is(calls.goOn(b.handle, { type: 'accepted', text: '' }, { signal }), undefined)
  assert.is(calls.goOn('guessed', { type: 'accepted', text: '' }, { signal }), undefined)
  calls.close()
  assert.is(calls.goOn(a.handle, { type: 'accepted', text: '' }, { signal }), undefined)
})

test.run()
