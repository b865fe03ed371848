import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost, type Host } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchRead } from '../../src/mcp/tools/batchRead.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { inRoot } from './inRoot.js'

const test = suite('real downstream servers')

const { resolve } = createRequire(import.meta.url)
const server = (name: string) => join(dirname(resolve(`@modelcontextprotocol/server-${name}/package.json`)), 'dist/index.js')
const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text
const tool = (id: string, operation: string, params: object, more: object = {}) => ({ id, type: 'tool', operation, params, ...more })

const withPeers = (body: (host: Host, root: string) => Promise<void>) => () =>
  inRoot({ 'note.txt': 'millrace' }, async (root) => {
    const program = (name: string, ...args: readonly string[]) => ({ command: process.execPath, args: [server(name), ...args] })
    const host = toolHost({
      root,
      mcpServers: {
        files: program('filesystem', root),
        memory: { ...program('memory'), env: { MEMORY_FILE_PATH: join(root, 'memory.jsonl') } },
        everything: program('everything'),
      },
    })
    try {
      await body(host, root)
    } finally {
      await host.close('the spec has ended')
    }
  })

test(
  'a graph across two servers passes a value from one to the other, and waits where it must',
  withPeers(async (host, root) => {
    const answer = await batchExecute.perform(
      {
        operations: [
          tool('read', 'files.read_text_file', { path: join(root, 'note.txt') }),
          tool('keep', 'memory.create_entities', {
            entities: [{ name: { $ref: 'read.content' }, entityType: 'project', observations: ['it runs'] }],
          }),
          tool('graph', 'memory.read_graph', {}),
          tool('write', 'files.write_file', { path: join(root, 'graph.json'), content: { $template: '{{graph}}' } }),
          tool('sum', 'everything.get-sum', { a: 2, b: 3 }),
        ],
        returns: ['sum'],
      },
      host,
      {},
    )
    assert.is(answer.structuredContent['status'], 'succeeded', textOf(answer))
    const { entities } = JSON.parse(await readFile(join(root, 'graph.json'), 'utf8')) as {
      readonly entities: readonly { readonly name: string }[]
    }
    assert.equal(
      entities.map(({ name }) => name),
      ['millrace'],
    )
    assert.match(textOf(answer), 'sum "The sum of 2 and 3 is 5."')
  }),
)

test(
  'batch_read lets the tools through that say they only read, and no other',
  withPeers(async (host, root) => {
    const read = tool('read', 'files.read_text_file', { path: join(root, 'note.txt') })
    assert.is((await batchRead.perform({ operations: [read] }, host, {})).structuredContent['status'], 'succeeded')
    const write = tool('write', 'files.write_file', { path: join(root, 'note.txt'), content: 'changed' })
    const refused = await batchRead.perform({ operations: [read, write] }, host, {})
    assert.match(textOf(refused), 'operations[1]: "tool.files.write_file" can change something with these params')
    assert.is(await readFile(join(root, 'note.txt'), 'utf8'), 'millrace')
  }),
)

test(
  'their tools are described briefly, and one in full with its schema',
  withPeers(async (host) => {
    const all = await batchStatus.perform({ describe: ['files.*', 'memory.*'] }, host, {})
    const names = (all.structuredContent['operations'] as readonly { readonly name: string }[]).map(({ name }) => name)
    assert.ok(names.includes('tool.files.read_text_file') && names.includes('tool.memory.create_entities'))
    assert.match(textOf(all), 'tool.files.move_file{source,destination}')
    const one = await batchStatus.perform({ describe: ['everything.get-sum'] }, host, {})
    const [sum] = one.structuredContent['operations'] as readonly { readonly params: { readonly required: unknown } }[]
    assert.equal(sum?.params.required, ['a', 'b'])
  }),
)

test.run()
