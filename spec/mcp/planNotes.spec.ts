import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { leafOfSchema } from '../../src/model/codec/leafOfSchema.js'
import { toolHost } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { file, inRoot } from './inRoot.js'

const test = suite('what is said of a plan that is good')

const fake = fileURLToPath(new URL('../../../spec/operations/tool/fakeServer.mjs', import.meta.url))
const servers = {
  tracker: { command: process.execPath, args: [fake] },
  broken: { command: process.execPath, args: ['-e', 'console.error("no key was found"); process.exit(3)'] },
}

/** What the tools answer to these calls, one after the other. */
function answers(calls: readonly (readonly [tool: 'execute' | 'status', call: object])[], body: (texts: readonly string[]) => void) {
  return () =>
    inRoot({ 'a.txt': 'a' }, async (root) => {
      const host = toolHost({ root, mcpServers: servers })
      try {
        const texts: string[] = []
        for (const [tool, call] of calls) {
          const { content } = await (tool === 'execute' ? batchExecute : batchStatus).perform(call, host, {})
          texts.push(content[0]!.text)
        }
        body(texts)
      } finally {
        await host.close('the spec has ended')
      }
    })
}

const issue = { id: 'issue', type: 'tool', operation: 'tracker.issue', params: {} }
const note = (content: unknown): object => file('note', 'write', { path: 'b.txt', content })
const dry = (content: unknown) => ['execute', { operations: [issue, note(content)], dryRun: true }] as const

test(
  'a leaf that the schema of a tool only may have is said, with the way out',
  answers(
    [
      dry({ $template: 'to {{issue.assignee.login}}' }),
      dry({ $ref: 'issue.assignee.login', default: 'nobody' }),
      dry({ $template: '#{{issue.number}}' }),
      dry({ $template: '{{issue.assignee.login}} and {{issue.assignee.login}}' }),
    ],
    ([may, otherwise, always, twice]) => {
      const says =
        'note: uses issue.assignee.login, but tool.tracker.issue does not always return "assignee", and without it the operation fails. {"$ref":"issue.assignee.login","default":…} prevents that.'
      assert.ok(may!.endsWith(`\n${says}`), may)
      assert.not.match(otherwise!, 'always give')
      assert.not.match(always!, 'always give')
      assert.is(twice!.split(says).length, 2)
    },
  ),
)

test(
  'a leaf that the schema of a tool rules out is a fault before anything runs',
  answers(
    [
      ['execute', { operations: [note({ $ref: 'issue.title' }), issue].reverse() }],
      ['execute', { operations: [issue], returns: ['issue.title'] }],
    ],
    (texts) => {
      for (const text of texts) {
        assert.match(text, /^1 fault; nothing was done\./)
        assert.match(text, /"issue" has no "title"|no "title"/)
        assert.match(text, 'number, assignee')
      }
    },
  ),
)

test(
  'the same of an operation of our own, which only may give a field',
  answers(
    [['execute', { operations: [file('a', 'read', { path: 'a.txt' }), note({ $template: '{{a.truncated}}' })], dryRun: true }]],
    ([text]) => assert.match(text!, 'note: uses a.truncated, but file.read does not always return "truncated"'),
  ),
)

test(
  'a server that cannot be started says why where it is described, and in a dry run',
  answers(
    [
      ['status', { describe: ['broken.*'] }],
      ['status', { describe: ['broken.look', 'tracker.put'] }],
      ['execute', { operations: [{ id: 'x', type: 'tool', operation: 'broken.look', params: {} }], dryRun: true }],
      ['status', { describe: ['file.stat'] }],
    ],
    ([family, one, plan, others]) => {
      const says = 'The server "broken" could not be started: exit code 3. It said: no key was found. Correct its entry in mcpServers.'
      assert.is(family, `broken.*: ${says}`)
      assert.ok(one!.startsWith('tool.tracker.put{text,ms?} Puts.') && one!.endsWith(`\nbroken.*: ${says}`), one)
      assert.ok(plan!.endsWith(`\nx: ${says}`), plan)
      assert.not.match(others!, 'broken')
    },
  ),
)

for (const [schema, key, type] of [
  [{ type: 'object', properties: { a: {} }, required: ['a'] }, 'a', 'always'],
  [{ type: 'object', properties: { a: {} } }, 'a', 'maybe'],
  [{ type: 'object', properties: { a: {} } }, 'b', 'maybe'],
  [{ type: 'object', properties: { a: {} }, additionalProperties: false }, 'b', 'never'],
  [{ type: 'object', properties: { a: {} }, additionalProperties: { type: 'string' } }, 'b', 'maybe'],
  [{ type: 'object', properties: {}, additionalProperties: false }, 'b', 'never'],
  [{ type: 'object', properties: {} }, 'b', 'unsaid'],
  [{ type: 'object' }, 'b', 'unsaid'],
  [{ type: 'object', properties: { a: {} }, additionalProperties: false, patternProperties: { b: {} } }, 'b', 'unsaid'],
  [{ type: 'object', properties: { a: {} }, anyOf: [{}] }, 'b', 'unsaid'],
  [{ $ref: '#/$defs/x' }, 'b', 'unsaid'],
  [{ type: ['object', 'null'], properties: { a: {} } }, 'b', 'unsaid'],
  [{ type: 'array', items: { type: 'string' } }, 0, 'always'],
  [{ type: 'array', items: { type: 'string' } }, 'length', 'never'],
  [{ type: 'object', properties: { toString: {} } }, 'constructor', 'maybe'],
  [true, 'a', 'unsaid'],
] as const)
  test(`${JSON.stringify(schema)} says of ${JSON.stringify(key)}: ${type}`, () => {
    assert.is(leafOfSchema(schema, key).type, type)
  })

test.run()
