import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { servedRoots } from '../../../src/cli/mcp/servedRoots.js'
import { isTooWide } from '../../../src/mcp/serve/tooWide.js'
import { inRoot } from '../../mcp/inRoot.js'
import { openedServer, rawServer } from '../../mcp/rawServer.js'

const test = suite('roots of the server')

test('named ones, else the project of the client, else the current folder; never a whole disk or a home folder unless it is named', () =>
  inRoot({}, async (home) => {
    const project = join(home, 'project')
    await mkdir(project)
    assert.equal(servedRoots(['/'], {}, project, home), { type: 'roots', roots: ['/'], from: '--root' })
    assert.equal(servedRoots(undefined, { CLAUDE_PROJECT_DIR: project }, '/', home), {
      type: 'roots',
      roots: [project],
      from: 'CLAUDE_PROJECT_DIR',
    })
    assert.equal(servedRoots(undefined, { CLAUDE_PROJECT_DIR: home }, project, home), {
      type: 'roots',
      roots: [project],
      from: 'the current folder',
    })
    assert.equal(servedRoots(undefined, { CLAUDE_PROJECT_DIR: join(home, 'gone') }, project, home), {
      type: 'roots',
      roots: [project],
      from: 'the current folder',
    })
    for (const wide of ['/', home, join(home, '..')]) assert.is(servedRoots(undefined, {}, wide, home).type, 'none')
  }))

test('a link to a home folder is one', () =>
  inRoot({}, async (home) => {
    const link = join(home, 'link')
    await symlink(home, link)
    assert.ok(isTooWide(link, home))
    assert.not(isTooWide(join(home, 'other'), home))
  }))

test('without a root the server starts in no home folder, and says how to name it', () =>
  inRoot({}, async (home) => {
    const server = rawServer([], { HOME: home, CLAUDE_PROJECT_DIR: '' }, home)
    assert.is(await server.ended, 2)
    assert.match(
      server.stderr(),
      `the current folder is ${home}, which holds far more than a project. Name the folders that plans can reach with --root DIR`,
    )
  }))

test('a program that is not there and an address that is none are errors at the start', () =>
  inRoot({}, async (root) => {
    const program = rawServer(['--root', root, '--allow-program', 'node', '--allow-program', 'no-such-program'])
    assert.is(await program.ended, 2)
    assert.match(program.stderr(), '--allow-program: "no-such-program" cannot be found or run.')
    const address = rawServer(['--root', root, '--allow-address', 'localhost'])
    assert.is(await address.ended, 2)
    assert.match(address.stderr(), '--allow-address: "localhost" is not a host with a port')
  }))

test('what may be reached is said on stderr, and the roots of a client that has some take the place of the current folder', () =>
  inRoot({ 'work/a.txt': 'x' }, async (root) => {
    const plain = await openedServer(['--root', root])
    await plain.ask('tools/list')
    await plain.end()
    assert.match(plain.stderr(), `plans can reach ${root} (--root)`)

    const server = rawServer([], { CLAUDE_PROJECT_DIR: '' }, root)
    await server.ask('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: { roots: {} },
      clientInfo: { name: 'spec', version: '1' },
    })
    server.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    const called = server.call('batch_execute', { operations: [{ id: 'r', type: 'file', operation: 'read', params: { path: 'a.txt' } }] })
    const asked = await server.hear(({ method }) => method === 'roots/list')
    server.send({ jsonrpc: '2.0', id: asked.id, result: { roots: [{ uri: 'file:///' }, { uri: `file://${root}/work` }] } })
    assert.match(JSON.stringify((await called).result), '1 of 1 succeeded')
    await server.end()
    assert.match(server.stderr(), `plans can reach ${root}/work (roots of the client)`)
  }))

test.run()
