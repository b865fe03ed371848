import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchRead } from '../../src/mcp/tools/batchRead.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { projectInitBatch } from '../../src/mcp/tools/projectInitBatch.js'
import { file, inRoot, node, withHost } from './inRoot.js'
import { sleeper } from './matrix.js'

const test = suite('safety')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text

test('batch_read refuses a write before anything runs, the reads beside it too', () =>
  withHost({}, async (host, root) => {
    const answer = await batchRead.perform(
      { operations: [file('r', 'list', {}), file('w', 'write', { path: 'a.txt', content: '' })] },
      host,
      {},
    )
    assert.is(answer.isError, true)
    assert.is(
      textOf(answer),
      [
        '1 fault; nothing was done.',
        'operations[1]: "file.write" can change something with these params, and batch_read runs only operations that read. Remove it, or use batch_execute.',
      ].join('\n'),
    )
    assert.not(existsSync(join(root, 'a.txt')))
    assert.not(existsSync(join(root, '.millrace')))
  }))

test('batch_read refuses what may write by a param that is not known yet, and an undo that writes', () =>
  withHost({}, async (host) => {
    const url = 'https://example.com/'
    const read = file('r', 'read', { path: 'method.txt' })
    const unknown = { type: 'http', operation: 'request', params: { url, method: { $ref: 'r.content' } } }
    const undoing = file('s', 'stat', { path: '.' }, { undo: { type: 'file', operation: 'delete', params: { path: 'a' } } })
    const answer = await batchRead.perform({ operations: [read, unknown, undoing] }, host, {})
    assert.equal(
      (answer.structuredContent['faults'] as readonly { readonly at: string }[]).map(({ at }) => at),
      ['operations[1]', 'operations[2].undo'],
    )
  }))

test('batch_read runs what reads', () =>
  withHost({}, async (host) => {
    const answer = await batchRead.perform({ operations: [file('l', 'list', {}), file('g', 'glob', { pattern: '*' })] }, host, {})
    assert.is(answer.structuredContent['status'], 'succeeded')
  }))

test('programs are not even known unless one is allowed', () =>
  withHost({}, async (host) => {
    const answer = await batchExecute.perform({ operations: [node('n', '0')] }, host, {})
    assert.is(answer.isError, true)
    assert.match(textOf(answer), 'This server runs no programs. Its owner can start it with --allow-program NAME.')
  }))

test('only the program that is allowed starts, with only the variables that are allowed', () =>
  withHost({ allowPrograms: ['node'], allowEnv: ['MODE'] }, async (host) => {
    const sh = { id: 'sh', type: 'shell', operation: 'run', params: { command: ['sh', '-c', 'true'] } }
    const env = { id: 'env', type: 'shell', operation: 'run', params: { command: ['node', '-e', '0'], env: { NODE_OPTIONS: '--inspect' } } }
    const good = {
      id: 'good',
      type: 'shell',
      operation: 'run',
      params: { command: ['node', '-p', 'process.env.MODE'], env: { MODE: 'x' } },
    }
    const refused = await batchExecute.perform({ operations: [sh, env, good] }, host, {})
    assert.is(refused.isError, true)
    assert.match(textOf(refused), /^operations\[0\]\.params\.command\[0\]: .*not allowed/m)
    assert.match(textOf(refused), /^operations\[1\]\.params\.env\.NODE_OPTIONS: .*cannot set/m)
    // What only the run can know is refused there.
    const name = { id: 'name', type: 'shell', operation: 'run', params: { command: ['node', '-p', '"sh"'] } }
    const late = { id: 'late', type: 'shell', operation: 'run', params: { command: [{ $ref: 'name.stdout' }, '-c', 'true'] } }
    const answer = await batchExecute.perform({ operations: [name, late, good] }, host, {})
    assert.match(textOf(answer), /^late failed: .*not allowed/m)
    assert.match(textOf(answer), 'good {"stdout":"x"}')
  }))

test('state, hooks of git and the configuration are out of reach, whatever leads there', () =>
  inRoot({ '.git/hooks/pre-commit': '', 'conf/millrace.json': '{}', 'sub/.keep': '' }, async (root) => {
    await symlink(join(root, '.git'), join(root, 'sub/link'))
    await mkdir(join(root, '.millrace'))
    const host = toolHost({ root, reserved: [join(root, 'conf/millrace.json')] })
    const paths = ['.git/hooks/pre-commit', 'sub/link/hooks/post-commit', '.millrace/x', './conf/millrace.json', 'conf/../.git/hooks/a']
    const answer = await batchExecute.perform(
      { operations: paths.map((path, place) => file(`w${place}`, 'write', { path, content: 'x' })), inferDependencies: false },
      host,
      {},
    )
    assert.ok(textOf(answer).startsWith(`${paths.length} of ${paths.length} failed; batch `))
    const outside = await batchExecute.perform({ operations: [file('o', 'read', { path: '../../etc/passwd' })] }, host, {})
    assert.match(textOf(outside), /^operations\[0\]\.params\.path: .*outside/m)
    const moved = await projectInitBatch.perform({ projectName: 'x', basePath: '../x' }, host, {})
    assert.is(moved.structuredContent['status'], 'refused')
    await host.close('the spec has ended')
  }))

test('a variable that is not allowed cannot be read, wherever a plan names it', () =>
  withHost({ allowEnv: ['ALLOWED_ONE'] }, async (host) => {
    const answer = await batchExecute.perform(
      {
        operations: [
          file('a', 'write', { path: 'a.txt', content: { $secret: 'HOME' } }),
          file(
            'b',
            'write',
            { path: 'b.txt', content: '' },
            { undo: { type: 'file', operation: 'write', params: { path: 'c', content: { $secret: 'PATH' } } } },
          ),
          file('c', 'write', { path: 'c.txt', content: { $secret: 'ALLOWED_ONE' } }),
        ],
      },
      host,
      {},
    )
    assert.equal(
      (answer.structuredContent['faults'] as readonly { readonly at: string }[]).map(({ at }) => at),
      ['operations[0].params.content["$secret"]', 'operations[1].undo.params.content["$secret"]'].map((at) =>
        at.replaceAll('["$secret"]', '.$secret'),
      ),
    )
  }))

test('a secret that is allowed is in no answer, and not in what is kept', () => {
  process.env['MILLRACE_SPEC_SECRET'] = 'tr0ub4dor-and-3'
  return withHost({ allowEnv: ['MILLRACE_SPEC_SECRET'], allowPrograms: ['node'] }, async (host, root) => {
    const answer = await batchExecute.perform(
      {
        operations: [
          {
            id: 'e',
            type: 'shell',
            operation: 'run',
            params: { command: ['node', '-p', 'process.env.S'], env: { S: { $secret: 'MILLRACE_SPEC_SECRET' } } },
          },
        ],
      },
      host,
      {},
    )
    const batchId = String(answer.structuredContent['batchId'])
    const value = await batchStatus.perform({ batchId, operations: ['e'] }, host, {})
    const kept = await readFile(join(root, '.millrace/runs', batchId, 'events.ndjson'), 'utf8').catch(() => '')
    for (const text of [JSON.stringify(answer), JSON.stringify(value), kept]) assert.not.match(text, 'tr0ub4dor')
  }).finally(() => delete process.env['MILLRACE_SPEC_SECRET'])
})

test('a message that asks for too much is refused before it is looked into', () =>
  withHost({ limits: { operations: 3, bytes: 1_000, batches: 1, waiting: 0 }, allowPrograms: ['node'] }, async (host) => {
    const many = await batchExecute.perform(
      { operations: Array.from({ length: 4 }, (_, place) => file(`f${place}`, 'list', {})) },
      host,
      {},
    )
    assert.match(textOf(many), '4 operations are more than the 3 this server accepts in one message.')
    const large = await batchExecute.perform({ operations: [file('w', 'write', { path: 'a', content: 'x'.repeat(1_000) })] }, host, {})
    assert.match(textOf(large), /The message has \d+ characters, more than the 1000 this server accepts\./)
    const left = await batchExecute.perform({ operations: [sleeper], waitMs: 0 }, host, {})
    const beyond = await batchExecute.perform({ operations: [] }, host, {})
    assert.match(textOf(beyond), '1 batches are running and 0 are waiting, which is the most this server accepts.')
    assert.is(left.structuredContent['status'], 'running')
  }))

test('an object with more fields than a plan may have is refused before anything walks it', () =>
  withHost({ limits: { bytes: 64 * 1024 * 1024 } }, async (host) => {
    const fields = Object.fromEntries(Array.from({ length: 100_001 }, (_, place) => [`k${place}`, 1]))
    for (const [call, at] of [
      [{ operations: [], ...fields }, ''],
      [{ operations: [{ type: 'file', operation: 'list', params: fields }] }, 'operations[0].params: '],
    ] as const) {
      const answer = await batchExecute.perform(call, host, {})
      assert.is(answer.isError, true)
      assert.match(
        textOf(answer),
        new RegExp(`\n${at.replace(/[[\]]/g, '.')}100,00\\d fields are more than the 100,000 allowed in one object`),
      )
    }
  }))

test('keys that objects inherit are only data', () =>
  withHost({}, async (host) => {
    const hostile = JSON.parse(
      '{"operations":[{"id":"__proto__","type":"file","operation":"list","params":{}}],"__proto__":{"returns":[]}}',
    ) as object
    const answer = await batchExecute.perform(hostile, host, {})
    assert.is(answer.isError, true)
    const fine = await batchExecute.perform({ operations: [file('constructor', 'list', {}), file('__proto__', 'list', {})] }, host, {})
    assert.is(fine.structuredContent['status'], 'succeeded')
    const value = await batchStatus.perform({ batchId: fine.structuredContent['batchId'], operations: ['__proto__.entries'] }, host, {})
    assert.is(textOf(value), '__proto__.entries []')
  }))

test.run()
