import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { untilGone } from '../support/untilGone.js'
import { file, inRoot, node } from './inRoot.js'
import { pidIn, sleeper } from './matrix.js'
import { openedServer, rawServer, textOf, type Message } from './rawServer.js'

const test = suite('stdout')

/** Every line of stdout is a message of the protocol, and nothing else stands there. */
function assertOnlyMessages(stdout: string): void {
  const lines = stdout.split('\n')
  assert.is(lines.pop(), '')
  for (const line of lines) assert.is((JSON.parse(line) as { readonly jsonrpc: string }).jsonrpc, '2.0')
}

test('holds only messages under load: programs that write, failures, faults, wrong lines and unknown methods', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    const noisy = node('noisy', 'for (let i = 0; i < 2_000; i++) { console.log("out " + i); console.error("err " + i) }')
    const calls: Promise<Message>[] = []
    for (let round = 0; round < 40; round++) {
      calls.push(
        server.call('batch_execute', {
          operations: [
            file('w', 'write', { path: `${round}.txt`, content: `${round}\u2028\u0000\n` }),
            file('r', 'read', { path: `${round}.txt` }),
            file('missing', 'read', { path: 'missing' }),
          ],
        }),
      )
      calls.push(server.call('batch_execute', { operations: [{ type: 'file' }] }))
      calls.push(server.call('no_such_tool', {}))
      calls.push(server.ask('no/such/method'))
      server.send('this is no message')
      server.send('{"jsonrpc":"2.0","id":')
      server.send('[]')
    }
    calls.push(server.call('batch_execute', { operations: [noisy] }))
    const answers = await Promise.all(calls)
    assert.is(answers.filter((answer) => textOf(answer).startsWith('1 of 3 failed')).length, 40)
    assert.is(answers.filter(({ error }) => error !== undefined).length, 40)
    assert.is(await server.end(), 0)
    assertOnlyMessages(server.stdout())
  }))

test('holds only messages when the server is told to end in the midst of work', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    server.send({ jsonrpc: '2.0', id: 'x', method: 'tools/call', params: { name: 'batch_execute', arguments: { operations: [sleeper] } } })
    const pid = await pidIn(root)
    server.child.kill('SIGTERM')
    assert.is(await server.ended, 143)
    assert.ok(await untilGone(pid))
    assertOnlyMessages(server.stdout())
  }))

test('a configuration that is wrong is told on stderr, with every fault, and nothing is served', () =>
  inRoot({ 'bad.json': '{"mcpServers":{"a.b":{"command":"x"},"c":{"comand":"x"}},"more":1}' }, async (root) => {
    const server = rawServer(['--root', root, '--config', `${root}/bad.json`])
    assert.is(await server.ended, 2)
    assert.is(server.stdout(), '')
    assert.match(server.stderr(), 'more: there is no field "more" here.')
    assert.match(server.stderr(), 'mcpServers.c: expected a server that is a program or a server at an address')
  }))

test.run()
