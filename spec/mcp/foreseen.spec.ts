import { readdir, symlink } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost, type HostOptions } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { file, inRoot, withHost } from './inRoot.js'

const test = suite('what is known before anything runs')

const run = (command: readonly unknown[], more: object = {}): object => ({ type: 'shell', operation: 'run', params: { command, ...more } })
const get = (url: string): object => ({ type: 'http', operation: 'request', params: { url } })
const agent = (params: object): object => ({ type: 'agent', operation: 'run', params })

/** An operation that can never succeed here, and what is said of it; none where only the run can tell. */
const rows: readonly (readonly [what: string, operation: object, says?: string])[] = [
  [
    'a path outside',
    file('a', 'read', { path: '../../etc/passwd' }),
    'operations[1].params.path: "../../etc/passwd" is outside the folders',
  ],
  ['an absolute path outside', file('a', 'read', { path: '/etc/passwd' }), '"/etc/passwd" is outside'],
  [
    'a destination outside',
    file('a', 'copy', { path: 'first', destination: '../b' }),
    'operations[1].params.destination: "../b" is outside',
  ],
  ['a folder of a program outside', run(['node', '-v'], { cwd: '..' }), 'operations[1].params.cwd: ".." is outside'],
  ['a home folder', file('a', 'read', { path: '~/.ssh/id' }), '"~/.ssh/id" begins with "~"'],
  ['a name that only begins like one', file('a', 'read', { path: '~x' })],
  [
    'an undo outside',
    file('a', 'write', { path: 'a', content: '' }, { undo: { type: 'file', operation: 'delete', params: { path: '/x' } } }),
    'operations[1].undo.params.path',
  ],
  ['a path that a reference gives', file('a', 'read', { path: { $ref: 'first.path' } })],
  ['a program', run(['rm', '-rf', '/']), 'operations[1].params.command[0]: the program "rm" is not allowed in this run. Allowed: node.'],
  ['a program that a reference gives', run([{ $ref: 'first.path' }])],
  [
    'a variable',
    run(['node', '-v'], { env: { NODE_OPTIONS: 'x' } }),
    'operations[1].params.env.NODE_OPTIONS: plans on this server cannot set',
  ],
  ['an address of this machine', get('http://127.0.0.1:9/'), 'operations[1].params.url: 127.0.0.1 is an address of this machine'],
  ['the same in another form', get('http://2130706433/'), '127.0.0.1 is an address'],
  [
    'the same by name',
    get('http://localhost:3000/'),
    'localhost is this machine. Request a public address, or have the server started with --allow-address localhost:3000.',
  ],
  ['an address of IPv6', get('http://[::1]:3000/'), '--allow-address [::1]:3000'],
  [
    'a task in words for a kind without a runner',
    agent({ agent: 'coder', task: 'Tidy up.' }),
    'operations[1].params.task: the kind "coder" has no runner',
  ],
  [
    'a task in words for a swarm',
    { type: 'swarm', operation: 'assign', params: { swarm: 's', task: 'Tidy up.' } },
    'no kind of agents has a runner',
  ],
]

for (const [what, operation, says] of rows)
  for (const dryRun of [true, false])
    test(`${what} ${says === undefined ? 'is left to the run' : 'is a fault'}, ${dryRun ? 'in a dry run' : 'for real'}`, () =>
      withHost({ allowPrograms: ['node'] }, async (host, root) => {
        const operations = [file('first', 'write', { path: 'first', content: '' }), operation]
        const { content, isError } = await batchExecute.perform({ operations, dryRun }, host, {})
        assert.is(isError, says === undefined ? undefined : true)
        if (says === undefined) return
        assert.match(content[0]!.text, says)
        assert.equal(await readdir(root), [])
      }))

test('an absolute path that spells a root through a link is no fault', () =>
  inRoot({ 'root/a.txt': 'x' }, async (folder) => {
    await symlink(join(folder, 'root'), join(folder, 'link'))
    const host = toolHost({ root: join(folder, 'root') })
    const operations = [file('a', 'read', { path: join(folder, 'link/a.txt') })]
    const { isError } = await batchExecute.perform({ operations, dryRun: true }, host, {})
    assert.is(isError, undefined)
    await host.close('the spec has ended')
  }))

test('an address that the owner allows is reached, by each name of this machine, and no other port', () =>
  inRoot({}, async (root) => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const ask = async (options: HostOptions, url: string): Promise<string> => {
      const host = toolHost({ root, ...options })
      const { content } = await batchExecute.perform({ operations: [get(url)] }, host, {})
      await host.close('the spec has ended')
      return content[0]!.text
    }
    const allowed = { allowAddresses: [`localhost:${port}`] }
    for (const name of ['localhost', '127.0.0.1']) assert.match(await ask(allowed, `http://${name}:${port}/`), '"body":"hello"')
    assert.match(await ask(allowed, `http://127.0.0.1:${port + 1}/`), 'is an address of this machine')
    assert.match(await ask({}, `http://127.0.0.1:${port}/`), 'is an address of this machine')
    server.close()
  }))

test('what is no address to allow is said at once', () => {
  for (const wrong of ['localhost', ':80', 'a b:80', 'localhost:0', '[x]:80', 'http://localhost:80'])
    assert.throws(() => toolHost({ allowAddresses: [wrong] }), /is not a host with a port/)
})

test.run()
