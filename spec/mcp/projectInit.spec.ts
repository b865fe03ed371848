import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inRoot } from './inRoot.js'
import { openedServer, type Message } from './rawServer.js'

const test = suite('project_init_batch')

const request = {
  projectName: 'Shop',
  basePath: 'shop',
  swarmConfig: { topology: 'star', maxAgents: 4 },
  agentTypes: ['coordinator', 'coder', 'tester'],
  fileStructure: { 'docs/why.md': '# Why\n{{not.a.template}}\n', 'data/raw': null },
  packageJson: { description: 'Sells things.', scripts: { hello: 'node -p 1' } },
}

const textOf = ({ result }: Message): string =>
  ((result?.['content'] ?? []) as readonly { readonly text: string }[]).map(({ text }) => text).join('\n')

test('makes a project whose scripts run, with a live swarm that a later batch uses by the id in the answer', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root])
    const made = await server.call('project_init_batch', request)
    assert.match(textOf(made), /^\d of \d succeeded\n/)
    const id = /swarm-[0-9a-f]{18}/.exec(textOf(made))?.[0] ?? ''
    const later = await server.call('batch_execute', {
      operations: [
        { id: 'status', type: 'swarm', operation: 'status', params: { swarm: id } },
        {
          id: 'work',
          type: 'swarm',
          operation: 'assign',
          params: { swarm: id, task: { type: 'file', operation: 'list', params: { path: 'shop' } } },
        },
        { id: 'end', type: 'swarm', operation: 'terminate', params: { swarm: id } },
      ],
    })
    assert.match(textOf(later), /^(\d) of \1 succeeded\n/)
    const swarm = textOf(later)
    for (const name of ['coordinator-1', 'coder-1', 'tester-1']) assert.ok(swarm.includes(name), name)
    const gone = await server.call('batch_execute', { operations: [{ type: 'swarm', operation: 'status', params: { swarm: id } }] })
    assert.match(textOf(gone), `no swarm is called "${id}"`)
    await server.end()
    assert.is(readFileSync(join(root, 'shop/docs/why.md'), 'utf8'), request.fileStructure['docs/why.md'])
    assert.ok(existsSync(join(root, 'shop/data/raw')))
    const manifest = JSON.parse(readFileSync(join(root, 'shop/package.json'), 'utf8')) as Record<string, unknown>
    assert.equal(manifest['scripts'], { test: 'node --test', hello: 'node -p 1' })
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    assert.match(execFileSync('npm', ['test'], { cwd: join(root, 'shop'), env, encoding: 'utf8' }), 'pass 1')
  }))

test('keeps what is there, and a dry run makes nothing', () =>
  inRoot({ 'README.md': 'mine' }, async (root) => {
    const server = await openedServer(['--root', root])
    const planned = await server.call('project_init_batch', { ...request, basePath: '.', dryRun: true })
    assert.match(textOf(planned), /^Nothing was done: this is what would be made\. The swarm/)
    assert.not.ok(existsSync(join(root, 'package.json')))
    const made = await server.call('project_init_batch', { ...request, basePath: '.' })
    await server.end()
    assert.match(textOf(made), /^\d of \d succeeded\n/)
    assert.match(textOf(made), '"kept":["README.md"]')
    assert.is(readFileSync(join(root, 'README.md'), 'utf8'), 'mine')
  }))

test('a kind of agents that there is not is a fault, and nothing is made', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root])
    const refused = await server.call('project_init_batch', { projectName: 'Shop', agentTypes: ['coder', 'plumber'] })
    await server.end()
    assert.match(textOf(refused), 'expected one of researcher, coder, analyst, tester, architect, coordinator, received "plumber".')
    assert.not.ok(existsSync(join(root, 'shop')))
  }))

test('folders of the file structure may be nested', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root])
    const fileStructure = { lib: { 'a.js': 'one\n', deep: { 'b.js': 'two\n' }, empty: {} }, 'c/d.txt': 'three\n' }
    const made = await server.call('project_init_batch', { projectName: 'Shop', basePath: 'shop', fileStructure })
    await server.end()
    assert.match(textOf(made), /^1 of 1 succeeded/)
    assert.is(readFileSync(join(root, 'shop/lib/deep/b.js'), 'utf8'), 'two\n')
    assert.is(readFileSync(join(root, 'shop/c/d.txt'), 'utf8'), 'three\n')
    assert.ok(existsSync(join(root, 'shop/lib/empty')))
  }))

test.run()
