import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost, type Host, type HostOptions } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchPerformance } from '../../src/mcp/tools/batchPerformance.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { projectInitBatch } from '../../src/mcp/tools/projectInitBatch.js'
import { inRoot } from './inRoot.js'

const test = suite('tasks, each by one plan as the list of tools teaches it')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text
const server = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve(`@modelcontextprotocol/server-${name}/package.json`)), 'dist/index.js')

/** A task in a fresh folder: what it answers. */
function task(
  what: string,
  body: (run: (call: object) => Promise<string>, place: { readonly root: string; readonly host: Host }) => Promise<void>,
  { files = {}, options = () => ({}) }: { files?: Readonly<Record<string, string>>; options?: (root: string) => HostOptions } = {},
): void {
  test(what, () =>
    inRoot(files, async (root) => {
      const host = toolHost({ root, allowPrograms: ['node'], ...options(root) })
      try {
        await body(async (call) => textOf(await batchExecute.perform(call, host, {})), { root, host })
      } finally {
        await host.close('the spec has ended')
      }
    }),
  )
}

const eight = Object.fromEntries(Array.from({ length: 8 }, (_, place) => [`src/m${place}.js`, `export const old${place} = ${place}\n`]))

task('make ten files', async (run) => {
  const operations = Array.from({ length: 10 }, (_, place) => ({
    type: 'file.write',
    params: { path: `f${place}.txt`, content: `${place}` },
  }))
  assert.is(await run({ operations }), '10 of 10 succeeded')
})

task(
  'read eight and edit five',
  async (run, { root }) => {
    const reads = Object.keys(eight).map((path) => ({ type: 'file.read', params: { path } }))
    const edits = Object.keys(eight)
      .slice(0, 5)
      .map((path, place) => ({ type: 'file.edit', params: { path, edits: [{ find: `old${place}`, replace: `new${place}` }] } }))
    const answer = await run({ operations: [...reads, ...edits] })
    assert.match(answer, /^13 of 13 succeeded\n/)
    assert.match(answer, 'export const old0 = 0')
    assert.is(await readFile(join(root, 'src/m4.js'), 'utf8'), 'export const new4 = 4\n')
  },
  { files: eight },
)

task('test and lint, then read the failure', async (run) => {
  const failing = 'console.log("not ok 1 - adds"); console.error("1 test failed"); process.exitCode = 1'
  const operations = [
    { id: 'test', type: 'shell.run', params: { command: ['node', '-e', failing] } },
    { id: 'lint', type: 'shell.run', params: { command: ['node', '-e', '0'] } },
  ]
  const answer = await run({ operations })
  assert.match(answer, /^1 of 2 failed, 1 succeeded; batch b-/)
  assert.match(answer, 'test.stdout:\n```\nnot ok 1 - adds\n```\ntest.stderr:\n```\n1 test failed\n```')
})

task(
  'search three names and read all matches',
  async (run) => {
    const searches = [1, 2, 3].map((place) => ({ id: `s${place}`, type: 'file.search', params: { text: `old${place}`, path: 'src' } }))
    const answer = await run({
      operations: [...searches, { id: 'r', type: 'file.read', each: { $ref: 's1.matches' }, params: { path: { $item: 'path' } } }],
    })
    for (const place of [1, 2, 3]) assert.match(answer, `src/m${place}.js\n1:export const old${place} = ${place}`)
    assert.match(answer, 'r[0] {"path":"src/m1.js"}')
  },
  { files: eight },
)

task(
  'move a module with six edits',
  async (run, { root }) => {
    const edits = Array.from({ length: 6 }, (_, place) => ({
      type: 'file.edit',
      params: { path: `src/m${place}.js`, edits: [{ find: `old${place}`, replace: 'moved' }] },
    }))
    const operations = [...edits, { type: 'file.move', params: { path: 'src', destination: 'lib' } }]
    assert.match(await run({ operations }), /^7 of 7 succeeded/)
    assert.is(await readFile(join(root, 'lib/m5.js'), 'utf8'), 'export const moved = 5\n')
  },
  { files: eight },
)

task(
  'two servers with a value passed',
  async (run, { root }) => {
    const operations = [
      { id: 'read', type: 'tool', operation: 'fs.read_text_file', params: { path: join(root, 'note.txt') } },
      { id: 'echo', type: 'tool', operation: 'every.echo', params: { message: { $ref: 'read.content' } } },
    ]
    assert.match(await run({ operations, returns: ['echo'] }), /^2 of 2 succeeded\necho "Echo: hello"$/)
  },
  {
    files: { 'note.txt': 'hello' },
    options: (root) => ({
      mcpServers: {
        fs: { command: process.execPath, args: [server('filesystem'), root] },
        every: { command: process.execPath, args: [server('everything')] },
      },
    }),
  },
)

test('fetch from an own local server', () =>
  inRoot({}, async (root) => {
    const local = createServer((_, response) => response.end('up')).listen(0, '127.0.0.1')
    await new Promise((resolve) => local.once('listening', resolve))
    const { port } = local.address() as AddressInfo
    const host = toolHost({ root, allowAddresses: [`localhost:${port}`] })
    const operations = [{ type: 'http.request', params: { url: `http://localhost:${port}/health` } }]
    assert.is(textOf(await batchExecute.perform({ operations }, host, {})), '1 of 1 succeeded\nop1 {"status":200,"body":"up"}')
    await host.close('the spec has ended')
    local.close()
  }))

task('a long one polled', async (run, { host }) => {
  const operations = [{ id: 'long', type: 'shell.run', params: { command: ['node', '-e', 'setTimeout(() => console.log("done"), 500)'] } }]
  const left = await run({ operations, waitMs: 0 })
  const [, call = ''] = /^Go on: batch_status (.*)$/m.exec(left) ?? []
  assert.is(textOf(await batchStatus.perform(JSON.parse(call), host, {})), '1 of 1 succeeded\nlong {"stdout":"done"}')
})

task('performance in all actions', async (run, { host }) => {
  for (let round = 0; round < 2; round++) await run({ operations: [{ type: 'file.list', params: {} }] })
  for (const action of ['summary', 'trends', 'compare', 'baseline', 'clear'])
    assert.is((await batchPerformance.perform({ action }, host, {})).isError, undefined, action)
})

task('a project with a swarm, which does work in a later batch', async (run, { host }) => {
  const made = textOf(await projectInitBatch.perform({ projectName: 'Shop', agentTypes: ['coder', 'tester'] }, host, {}))
  const [, swarm = ''] = /"(swarm-[0-9a-f]+)"/.exec(made) ?? []
  const work = { type: 'swarm.assign', params: { swarm, task: { type: 'file', operation: 'list', params: { path: 'shop' } } } }
  assert.match(await run({ operations: [work, { type: 'swarm.terminate', params: { swarm } }] }), /^(\d) of \1 succeeded/)
})

task(
  'a failing batch, then retry',
  async (run, { root }) => {
    const operations = [
      { id: 'build', type: 'file.append', params: { path: 'builds.log', content: 'built\n' } },
      { id: 'check', type: 'shell.run', params: { command: ['node', 'check.js'] }, dependencies: ['build'] },
      { id: 'publish', type: 'file.write', params: { path: 'published.txt', content: { $template: '{{check.stdout}}' } } },
    ]
    const failed = await run({ operations })
    assert.match(failed, /^1 of 3 failed, 1 skipped, 1 succeeded; batch b-/)
    assert.match(failed, 'check.stderr:\n```\nnot yet\n```')
    const [, id] = /batch (b-[\w-]+)/.exec(failed) ?? []
    await run({ operations: [{ type: 'file.write', params: { path: 'check.js', content: 'console.log("fine")' } }] })
    assert.match(await run({ retry: id, dryRun: true }), /^It can go on; nothing was done\. 1 taken over, 2 to do\./)
    assert.match(await run({ retry: id }), /^3 of 3 succeeded/)
    assert.is(await readFile(join(root, 'published.txt'), 'utf8'), 'fine')
    // What had succeeded is not done again.
    assert.is(await readFile(join(root, 'builds.log'), 'utf8'), 'built\n')
  },
  { files: { 'check.js': 'console.error("not yet"); process.exit(1)' } },
)

test.run()
