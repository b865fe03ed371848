import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { inRoot } from './inRoot.js'

const test = suite('plans as models write them')

const files = { 'package.json': '{"name":"shop"}\n', 'lint.js': '// nothing\n' }
const filesystem = join(
  dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/package.json')),
  'dist/index.js',
)

const read = (more: object = {}, params: unknown = { path: 'package.json' }): object => ({
  type: 'file',
  operation: 'read',
  params,
  ...more,
})
const two = (more: object): object => ({ operations: [read({ id: 'a' }), { ...read({}, { path: 'lint.js' }), id: 'b', ...more }] })
const one = (operation: object): object => ({ operations: [operation] })

/** What is sent, and what stands in the line that says how it was read; none where it is right as it is. */
const accepted: readonly (readonly [what: string, call: object, read?: string])[] = [
  ['operations as JSON text', { operations: JSON.stringify([read()]) }, 'operations as the list in its text'],
  ['params as JSON text', one(read({}, '{"path":"package.json"}')), 'params as the object in its text'],
  [
    'null for what is left out',
    { ...one(read({ id: null, dependencies: null, when: null, timeoutMs: null })), name: null, returns: null },
    'null as left out',
  ],
  ['numbers as text', { ...one(read({ timeoutMs: '5000' })), concurrency: '4' }, 'timeoutMs "5000" as 5000, concurrency "4" as 4'],
  ['a number as text in params', one(read({}, { path: 'package.json', maxBytes: '100' })), 'maxBytes "100" as 100'],
  [
    'ids as numbers',
    { operations: [read({ id: 1 }), read({ id: 2, dependencies: [1] })] },
    'id 1 as "1", id 2 as "2", dependencies 1 as "1"',
  ],
  ['one dependency, no list', two({ dependencies: 'a' }), 'dependencies "a" as a list of one'],
  ['dependsOn', two({ dependsOn: ['a'] }), 'dependsOn as dependencies'],
  ['depends_on, not as a list', two({ depends_on: 'a' }), 'depends_on as dependencies, dependencies "a" as a list of one'],
  ['type holds both names', one({ type: 'file.read', params: { path: 'package.json' } })],
  ['operation holds both names', one(read({ operation: 'file.read' })), 'operation "file.read" as both names'],
  ['type and operation hold both names', one(read({ type: 'file.read', operation: 'file.read' })), 'type "file.read" as both names'],
  [
    'brackets in a reference',
    {
      operations: [
        { id: 's', type: 'file', operation: 'search', params: { text: 'shop' } },
        { id: 'r', type: 'file', operation: 'read', params: { path: { $ref: 's.matches[0].path' } } },
      ],
    },
  ],
  ['one id in returns, no list', { ...one(read({ id: 'a' })), returns: 'a' }, 'returns "a" as a list of one'],
  [
    'the whole call as JSON text',
    { operations: JSON.stringify([read({ params: '{"path":"lint.js"}' })]) },
    'operations as the list in its text, params as the object in its text',
  ],
  [
    'one edit, no list',
    one({ type: 'file', operation: 'edit', params: { path: 'lint.js', edits: { find: 'nothing', replace: 'all' } } }),
    'edits {"find":"nothing","replace":"all"} as a list of one',
  ],
]

/** What is sent, what the refusal says in this order, and what it must not say. */
const refused: readonly (readonly [what: string, call: object, says: readonly string[], not?: string])[] = [
  [
    'a template as plain text',
    { operations: [read({ id: 'a' }), { type: 'file', operation: 'write', params: { path: 'out.txt', content: '{{a.content}}' } }] },
    ['$template', 'a.content', '$literal'],
  ],
  [
    'params beside type',
    one({ type: 'file', operation: 'read', path: 'package.json' }),
    ['"path" belongs in "params"', 'file.read{path', '{"type":"file.read","params":{"path":"package.json"}}'],
    'needs "path"',
  ],
  [
    'objects that refuse to be text',
    one({ type: 'shell', operation: 'run', params: { command: ['node', { toString: null }] } }),
    ['operations[0].params.command[1]: ', '"command":["node","…"]'],
  ],
  [
    'a NUL in a folder',
    one({ type: 'shell', operation: 'run', params: { command: ['node'], cwd: '\u0000' } }),
    ['operations[0].params.cwd: expected a path'],
  ],
  [
    'a NUL in what a program reads',
    one({ type: 'shell', operation: 'run', params: { command: ['node'], reads: ['a\u0000'] } }),
    ['params.reads[0]: expected a path'],
  ],
  [
    'the same for the names',
    one({ type: { toString: null }, operation: { valueOf: 1 }, params: {} }),
    ['operations[0].type: expected text'],
  ],
  [
    'several params beside type',
    one({ type: 'file', operation: 'write', path: 'x.txt', content: 'y' }),
    ['"path" and "content" belong in "params"', '{"type":"file.write","params":{"path":"x.txt","content":"y"}}'],
  ],
  [
    'op for both names',
    one({ op: 'file.read', params: { path: 'lint.js' } }),
    ['takes no "op" and needs "type"', '{"type":"file.read","params":{"path":"lint.js"}}'],
  ],
  ['name for both names', one({ name: 'file.read', params: { path: 'lint.js' } }), ['needs "type"', '{"type":"file.read"']],
  ['the family twice', one({ type: 'file', operation: 'file_read', params: { path: 'lint.js' } }), ['Did you mean "file.read"?']],
  [
    'an underscore for the dot',
    one({ type: 'file_read', params: { path: 'lint.js' } }),
    ['{"type":"file.read","params":{"path":"lint.js"}}'],
  ],
  ['a slash for the dot', one({ type: 'file/read', params: { path: 'lint.js' } }), ['{"type":"file.read","params":{"path":"lint.js"}}']],
  ['capital letters', one({ type: 'File', operation: 'Read', params: { path: 'lint.js' } }), ['Did you mean "file.read"?']],
  [
    'a condition in words',
    { operations: [read({ id: 'a' }), read({ if: 'a.bytes > 3' })] },
    ['a condition such as {"$ref": "id.key", "is": value}'],
  ],
  [
    'the way of another runner',
    { operations: [read({ id: 'a' }), { type: 'file', operation: 'write', params: { path: 'o.txt', content: '{{steps.a.content}}' } }] },
    ['{"$ref": "a.content"}', '$literal'],
  ],
  ['a home by a variable', one(read({}, { path: '$HOME/.ssh/id' })), ['"$HOME/.ssh/id" begins with "$HOME", which only a shell expands']],
  [
    'a line as one argument',
    one({ type: 'shell', operation: 'run', params: { command: ['node -v', '--x'] } }),
    ['Here: ["node","-v","--x"].'],
  ],
  ['a setting there is not', { operations: [read({})], stopOnError: true }, ['takes no "stopOnError". It takes: operations, ']],
  [
    'tool and args',
    one({ tool: 'file.read', args: { path: 'package.json' } }),
    ['"tool" and "args"', '"type"', '{"type":"file.read","params":{"path":"package.json"}}'],
    'pool',
  ],
  [
    'file_path',
    one(read({}, { file_path: 'package.json' })),
    ['takes no "file_path" and needs "path"', '{"type":"file.read","params":{"path":"package.json"}}'],
  ],
  [
    'old_string, new_string',
    one({ type: 'file', operation: 'edit', params: { path: 'package.json', old_string: 'shop', new_string: 'shop2' } }),
    ['needs "edits"', '"old_string" and "new_string" belong in "edits"', '"edits":[{"find":"shop","replace":"shop2"}]'],
  ],
  [
    'cmd as text',
    one({ type: 'shell', operation: 'run', params: { cmd: 'npm test' } }),
    ['takes no "cmd" and needs "command"', '["npm", "test"]', '"command":["npm","test"]'],
    'cwd" is',
  ],
  ['a pipe as the command', one({ type: 'shell', operation: 'run', params: { command: 'ls | wc -l' } }), ['["sh", "-c", "ls | wc -l"]']],
  ['command and args', one({ type: 'shell', operation: 'run', params: { command: 'npm', args: ['test'] } }), ['["npm", "test"]']],
  [
    'grep',
    one({ type: 'file', operation: 'grep', params: { pattern: 'foo', path: 'src' } }),
    ['Did you mean "file.search"?', '{"type":"file.search","params":{"text":"foo","path":"src"}}'],
  ],
  ['bash', one({ type: 'bash', operation: 'run', params: { command: 'ls' } }), ['Did you mean "shell.run"?']],
  [
    'create_directory',
    one({ type: 'file', operation: 'create_directory', params: { path: 'x' } }),
    ['Did you mean "file.mkdir"?', '{"type":"file.mkdir","params":{"path":"x"}}'],
  ],
  [
    'http.get',
    one({ type: 'http', operation: 'get', params: { url: 'https://example.com/' } }),
    ['Did you mean "http.request"?', 'method?', '{"url":"https://example.com/"}'],
  ],
  [
    'move from, to',
    one({ type: 'file', operation: 'move', params: { from: 'lint.js', to: 'b.js' } }),
    ['needs "path" and "destination"', '{"path":"lint.js","destination":"b.js"}'],
  ],
  [
    'glob in a path',
    one({ type: 'file', operation: 'glob', params: { path: 'src', pattern: '*' } }),
    ['"path" is "cwd" here', '"cwd":"src"'],
  ],
  [
    'a downstream server as type',
    one({ type: 'fs', operation: 'read_text_file', params: { path: 'package.json' } }),
    ['type: tool', '"fs.read_text_file"', '{"type":"tool.fs.read_text_file","params":{"path":"package.json"}}'],
    'Did you mean',
  ],
  [
    'a tool that the server has not',
    one({ type: 'tool', operation: 'fs.read_txt', params: {} }),
    ['no operation type is called "tool.fs.read_txt"', 'batch_status {"describe":["fs.*"]}'],
  ],
  ['operations by id', { operations: { a: read(), b: read() } }, ['operations: expected a list', 'batch_execute {"operations":[']],
  [
    'an object as content',
    one({ type: 'file', operation: 'write', params: { path: 'o.json', content: { a: 1 } } }),
    ['expected text, received {"a":1}', '"{\\"a\\":1}"'],
  ],
  ['a home folder', one(read({}, { path: '~/x' })), ['"~/x" begins with "~"']],
]

const withServer = (body: (call: (input: object) => Promise<string>, root: string) => Promise<void>) => () =>
  inRoot(files, async (root) => {
    const host = toolHost({ root, allowPrograms: ['node'], mcpServers: { fs: { command: process.execPath, args: [filesystem, root] } } })
    try {
      await body(async (input) => {
        const { content, isError } = await batchExecute.perform(input, host, {})
        return `${isError === true ? 'refused: ' : ''}${content[0]!.text}`
      }, root)
    } finally {
      await host.close('the spec has ended')
    }
  })

for (const [what, call, meant] of accepted)
  test(
    `${what} is read as it is meant`,
    withServer(async (ask) => {
      const [first, second = ''] = (await ask(call)).split('\n')
      assert.match(first!, /^(\d) of \1 succeeded$/)
      if (meant === undefined) assert.not.match(second, 'Read as meant')
      else assert.is(second, `Read as meant: ${meant}`)
    }),
  )

for (const [what, call, says, not] of refused)
  test(
    `${what} is refused in one turn`,
    withServer(async (ask, root) => {
      const answer = await ask(call)
      assert.ok(answer.startsWith('refused: '), answer)
      for (const words of says) assert.ok(answer.includes(words), `${words}\n${answer}`)
      if (not !== undefined) assert.not.match(answer, not)
      assert.equal((await readdir(root)).sort(), ['lint.js', 'package.json'])
    }),
  )

test(
  'a leaf in returns brings that leaf alone',
  withServer(async (ask) => {
    assert.is(await ask({ ...one(read({ id: 'a' })), returns: ['a.bytes'] }), '1 of 1 succeeded\na.bytes 16')
    assert.match(await ask({ ...one(read({ id: 'a' })), returns: ['a.bites'] }), 'the result of "a" has no "bites". Did you mean "bytes"?')
    assert.match(await ask({ ...one(read({ id: 'a' })), returns: ['b'] }), 'returns[0]: no operation is called "b". Did you mean "a"?')
  }),
)

test(
  'a command is never split into words, and right values are never read in another way',
  withServer(async (ask, root) => {
    assert.match(await ask(one({ type: 'shell', operation: 'run', params: { command: '["node","-v"]' } })), 'refused: ')
    const text = '{"a":1}'
    await ask(one({ type: 'file', operation: 'write', params: { path: '5', content: text } }))
    assert.ok(existsSync(join(root, '5')))
    assert.match(await ask(one(read({}, { path: '5' }))), text)
  }),
)

test.run()
