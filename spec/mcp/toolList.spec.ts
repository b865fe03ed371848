import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { tools } from '../../src/mcp/tools/tools.js'
import { openedServer, type Message } from './rawServer.js'
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
  assert.match(describe({ mcpServers: { github: { command: 'none' } } }), 'tool: SERVER.TOOL; servers github')
})

test('the description of batch_execute never has more than 2,000 characters', () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, place) => [`server-number-${place}`, { command: 'none' }]))
  const text = tools[0]!.describe(toolHost({ allowPrograms: ['node'], mcpServers: many }))
  assert.ok(text.length <= 2_000, `${text.length} characters`)
})

test.run()
