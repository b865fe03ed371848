import { readFile } from 'node:fs/promises'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { tools } from '../../src/mcp/tools/tools.js'
import { guideText } from '../../src/mcp/describe/guideResource.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { openedServer, rawServer, type Message } from './rawServer.js'
import { inRoot } from './inRoot.js'

const test = suite('tool list')

interface Listed {
  readonly name: string
  readonly description: string
  readonly inputSchema: { readonly type: string }
  readonly outputSchema?: object
  readonly annotations: { readonly readOnlyHint: boolean }
}

const listed = ({ result }: Message): readonly Listed[] => (result?.['tools'] ?? []) as readonly Listed[]

test('takes at most 1,600 tokens, programs and downstream servers included, in the same order each time', () =>
  inRoot({ 'millrace.json': '{"mcpServers":{"github":{"command":"none"},"files":{"command":"none"}}}' }, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node', '--config', `${root}/millrace.json`])
    const first = await server.ask('tools/list')
    const second = await server.ask('tools/list')
    await server.end()
    const tokens = encode(JSON.stringify(listed(first))).length
    assert.ok(tokens <= 1_600, `${tokens} tokens`)
    assert.equal(listed(first), listed(second))
    assert.equal(
      listed(first).map(({ name }) => name),
      ['batch_execute', 'batch_read', 'batch_status', 'batch_cancel', 'project_init_batch', 'batch_performance'],
    )
    for (const { inputSchema } of listed(first)) assert.is(inputSchema.type, 'object')
    // One form: whoever declares the shape of structured content has to send it.
    for (const one of listed(first)) assert.not('outputSchema' in one)
    assert.equal(
      listed(first).flatMap(({ name, annotations }) => (annotations.readOnlyHint ? [name] : [])),
      ['batch_read', 'batch_status'],
    )
  }))

test('the description of batch_execute names every operation type that can be used, and no other', () => {
  const describe = (options: object): string => tools[0]!.describe(toolHost(options))
  const plain = describe({})
  assert.match(plain, 'write|create{path,content,encoding?,mode?}')
  assert.match(plain, 'http: request{url,')
  assert.not.match(plain, 'shell')
  assert.match(describe({ allowPrograms: ['node'] }), 'shell: run{command[],')
  assert.match(
    describe({ mcpServers: { github: { command: 'none' } } }),
    'servers github (type tool, operation SERVER.TOOL; batch_status {"describe":["github.*"]})',
  )
})

test('the description of batch_execute never has more than 2,000 characters', () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, place) => [`server-number-${place}`, { command: 'none' }]))
  const text = tools[0]!.describe(toolHost({ allowPrograms: ['node'], mcpServers: many }))
  assert.ok(text.length <= 2_000, `${text.length} characters`)
})

test('a client is told what the server is for, which tools to keep at hand, how long answers are, and where the guide is', () =>
  inRoot({}, async (root) => {
    const server = rawServer(['--root', root])
    const opened = await server.ask('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'spec', version: '1' },
    })
    server.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
    assert.match(String(opened.result?.['instructions']), 'send one batch_execute instead')
    const metas = (await server.ask('tools/list')).result?.['tools'] as readonly { readonly name: string; readonly _meta?: object }[]
    assert.equal(Object.fromEntries(metas.flatMap(({ name, _meta }) => (_meta === undefined ? [] : [[name, _meta]]))), {
      batch_execute: { 'anthropic/alwaysLoad': true, 'anthropic/maxResultSizeChars': 39_500 },
      batch_read: { 'anthropic/alwaysLoad': true, 'anthropic/maxResultSizeChars': 39_500 },
      batch_status: { 'anthropic/maxResultSizeChars': 39_500 },
    })
    const { result } = await server.ask('resources/list')
    const resources = (result?.['resources'] ?? []) as readonly { readonly uri: string }[]
    assert.equal(
      resources.map(({ uri }) => uri),
      ['millrace://guide'],
    )
    const read = await server.ask('resources/read', { uri: 'millrace://guide' })
    assert.match(JSON.stringify(read.result), 'The first line counts outcomes')
    const none = await server.ask('resources/read', { uri: 'millrace://none' })
    assert.match(none.error?.message ?? '', 'There is no resource "millrace://none"')
    await server.end()
  }))

test('the plans of the guide are good plans', () => {
  const [, plan = ''] = /^ {4}(\{"operations":[\s\S]*?^ {4}\]\})/m.exec(guideText) ?? []
  const host = toolHost({ allowPrograms: ['node', 'npm'] })
  assert.is(compilePlan(JSON.parse(plan), host.operations)._tag, 'Right')
})

test('what the registry is told is what the package is', async () => {
  const server = JSON.parse(await readFile('server.json', 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly packages: readonly { readonly version: string }[]
  }
  const { version, mcpName } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string; readonly mcpName: string }
  assert.is(server.name, mcpName)
  for (const one of [server, ...server.packages]) assert.is(one.version, version)
})

test('every object of the schemas tells its properties, as some clients ask', () => {
  const look = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    if ('type' in schema && schema.type === 'object') assert.ok('properties' in schema, JSON.stringify(schema))
    for (const part of Object.values(schema)) look(part)
  }
  for (const { inputSchema } of tools) look(inputSchema)
})

test.run()
