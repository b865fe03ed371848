import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { projectInitBatch } from '../../src/mcp/tools/projectInitBatch.js'
import { inRoot, withHost } from './inRoot.js'
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

for (const [call, ...says] of [
  [{ fileStructure: { src: { 'a.js': 5 } } }, 'fileStructure.src["a.js"]: expected text or null, received 5.'],
  [
    { fileStructure: { src: { lib: { 'b.js': ['x'] }, 'c.js': true } } },
    'fileStructure.src.lib["b.js"]: expected text or null, received ["x"].',
    'fileStructure.src["c.js"]: expected text or null, received true.',
  ],
  [
    { fileStructure: { 'src/a.js': '', src: { 'a.js': '' } } },
    'fileStructure.src["a.js"]: the same file as fileStructure["src/a.js"]. Give it once.',
  ],
  [
    { fileStructure: { src: { a: 'x', 'a/b': 'y' } } },
    'fileStructure.src["a/b"]: fileStructure.src.a is a file, and cannot contain other files.',
  ],
  [{ fileStructure: { src: { '': 'x' } } }, 'fileStructure.src[""]: a file needs a name.'],
  [{ fileStructure: { '../../x': '' } }, 'fileStructure["../../x"]: "../x" is outside the folders'],
  [{ agentTypes: ['coder', 'wizard'] }, 'agentTypes[1]: expected one of researcher, coder,'],
  [{ swarmConfig: { topology: 'meshh' } }, 'swarmConfig.topology: '],
  [{ swarmConfig: { maxAgents: 0 } }, 'swarmConfig.maxAgents: expected a whole number of at least 1, received 0.'],
  [{ swarmConfig: { maxAgents: 1 }, agentTypes: ['coder', 'coder'] }, 'agentTypes: 2 agents are more than the 1 of swarmConfig.maxAgents.'],
  [{ basePath: '../x' }, 'basePath: "../x" is outside the folders'],
  [{ basePath: '~/x' }, 'basePath: "~/x" begins with "~"'],
  [{ template: '../templates' }, 'template: "../templates" is outside the folders'],
] as readonly (readonly [call: object, ...says: readonly string[]])[])
  test(`a fault is told in the fields of the call, in a dry run too: ${JSON.stringify(call)}`, () =>
    withHost({}, async (host, root) => {
      for (const dryRun of [true, false]) {
        const { content, isError } = await projectInitBatch.perform({ projectName: 'Shop', ...call, dryRun }, host, {})
        const text = content.map((part) => part.text).join('\n')
        assert.is(isError, true, text)
        for (const line of says) assert.ok(text.includes(`\n${line}`), text)
        assert.not.match(text, 'operations[')
      }
      assert.equal(readdirSync(root), [])
    }))

test('files and folders count as operations do, wherever they are written', () =>
  withHost({ limits: { operations: 3 } }, async (host, root) => {
    const call = (fileStructure: object) => projectInitBatch.perform({ projectName: 'Shop', fileStructure }, host, {})
    const many = await call({ a: '', src: { b: '', c: '', d: null } })
    assert.is(many.isError, true)
    assert.match(many.content[0]!.text, 'fileStructure: 4 files and folders are more than the 3 this server accepts in one message.')
    assert.equal(readdirSync(root), [])
    assert.is((await call({ a: '', src: { b: '', d: null } })).isError, undefined)
  }))

test('a project of one path as long as a message is answered at once', () =>
  withHost({ limits: { bytes: 64 * 1024 * 1024 } }, async (host) => {
    const long = 'a/'.repeat(4 * 1024 * 1024)
    const { content, isError } = await projectInitBatch.perform(
      { projectName: 'Shop', fileStructure: { [`${long}b`]: '' }, dryRun: true },
      host,
      {},
    )
    assert.is(isError, true)
    assert.match(content[0]!.text, 'fileStructure: a path has 8388609 characters, more than the 4096 allowed.')
  }))

test('a project that cannot be made has no swarm, and its dry run is one answer that says so', () =>
  withHost({}, async (host) => {
    const dry = await projectInitBatch.perform({ projectName: 'Shop', template: 'rust', dryRun: true }, host, {})
    assert.is(dry.content.length, 1)
    assert.match(dry.content[0]!.text, /^1 of 1 failed; /)
    const made = await projectInitBatch.perform({ projectName: 'Shop', template: 'rust', agentTypes: ['coder'] }, host, {})
    assert.match(made.content[0]!.text, /^1 of 3 failed, 2 skipped; /)
    assert.match(made.content[0]!.text, 'project failed: template "rust": ')
  }))

test.run()
