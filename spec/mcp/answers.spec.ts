import { readdir } from 'node:fs/promises'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ToolAnswer } from '../../src/mcp/answers/toolAnswer.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { file, withHost } from './inRoot.js'

const test = suite('answers of the tools')

const textOf = ({ content }: ToolAnswer): string => content.map(({ text }) => text).join('\n')
const tokensOf = (answer: ToolAnswer): number => encode(textOf(answer)).length

const failing = new Set([3, 11, 12, 25])

test('a batch of 30 operations of which four fail tells what failed first, and nothing of what was written', () =>
  withHost({}, async (host) => {
    const operations = Array.from({ length: 30 }, (_, place) =>
      failing.has(place)
        ? file(`r${place}`, 'read', { path: `missing-${place}.txt` })
        : file(`w${place}`, 'write', { path: `${place}.txt`, content: 'one\ntwo\n' }),
    )
    const answer = await batchExecute.perform(
      {
        operations: [
          ...operations,
          file('all', 'read', { path: '0.txt' }),
          file('none', 'write', { path: 'x.txt', content: { $ref: 'r3.content' } }),
        ],
      },
      host,
      {},
    )
    const [head, ...lines] = textOf(answer).split('\n')
    assert.match(head!, /^4 of 32 failed, 1 skipped, 27 succeeded; batch b-[\w-]{22}$/)
    assert.equal(lines, [
      ...[3, 11, 12, 25].map((place) => `r${place} failed: missing-${place}.txt: there is nothing at this path.`),
      'none skipped: r3 failed',
      'all {"path":"0.txt"}',
      'all.content:',
      '```',
      'one',
      'two',
      '```',
    ])
  }))

test('a text that does not fit is begun, and the calls named bring the rest without loss', () =>
  withHost({}, async (host) => {
    const long = Array.from({ length: 4_000 }, (_, line) => `line ${line}: ünïcode 🚀 "quoted"`).join('\n')
    const operations = [file('w', 'write', { path: 'long.txt', content: long }), file('r', 'read', { path: 'long.txt' })]
    let answer = await batchExecute.perform({ operations }, host, {})
    let read = ''
    for (let calls = 1; ; calls++) {
      assert.ok(tokensOf(answer) <= 16_000 && Buffer.byteLength(textOf(answer)) <= 39_500)
      const [, piece = ''] = /\n```\n([\s\S]*)\n```/.exec(textOf(answer))!
      read += `${piece}\n`
      const [, rest] = /The rest: batch_status (\{.*\})$/.exec(textOf(answer)) ?? []
      if (rest === undefined) break
      assert.ok(calls < 6)
      answer = await batchStatus.perform(JSON.parse(rest), host, {})
    }
    assert.is(read, `${long}\n`)
  }))

test('5,000 operations answer within the budget: as many failures as fit, and how many more there are', () =>
  withHost({}, async (host) => {
    const operations = Array.from({ length: 5_000 }, (_, place) =>
      file(`operation-${place}`, place % 2 === 0 ? 'read' : 'stat', { path: place % 2 === 0 ? `missing-${place}` : '.' }),
    )
    const answer = await batchExecute.perform({ operations }, host, {})
    assert.ok(tokensOf(answer) <= 16_000 && Buffer.byteLength(textOf(answer)) <= 39_500)
    const [head, ...lines] = textOf(answer).split('\n')
    assert.is(head, '2500 of 5000 failed, 2500 succeeded; not all is shown')
    const failed = lines.filter((line) => / failed: /.test(line)).length
    assert.ok(failed > 100)
    assert.ok(lines.includes(`and ${2_500 - failed} more failed`))
    // Equal reads share one value: it is told once.
    const [, first = ''] = /^(operation-\d+) \{/m.exec(textOf(answer)) ?? []
    assert.is(first, 'operation-1')
  }))

test('a bad plan is an error with every fault on a line, and a signature and an example of what is at fault', () =>
  withHost({}, async (host, root) => {
    const answer = await batchExecute.perform(
      {
        operations: [
          file('a', 'wrte', { path: 'a.txt', content: 'x' }),
          file('b', 'write', { pth: 'b.txt', content: '' }, { dependencies: ['c'] }),
        ],
        waitMS: 5,
      },
      host,
      {},
    )
    assert.is(answer.isError, true)
    assert.is(answer.structuredContent['status'], 'refused')
    assert.is(
      textOf(answer),
      [
        '4 faults; nothing was done.',
        'The call takes no "waitMS". "waitMS" is "waitMs" here.',
        'operations[0].operation: no operation type is called "file.wrte". Did you mean "file.write"?',
        'operations[1].params: "file.write" takes no "pth" and needs "path".',
        'operations[1].dependencies[0]: no operation is called "c". Did you mean "a"? This plan has: a, b.',
        'file.write{path,content,encoding?,mode?} {"type":"file.write","params":{"path":"a.txt","content":"x"}}',
      ].join('\n'),
    )
    assert.equal(await readdir(root), [])
  }))

test('a refusal has at most 10,000 characters, whatever its faults hold', () =>
  withHost({ limits: { operations: 20_000 } }, async (host) => {
    for (const operation of [
      { type: 'file' },
      { type: 'file', operation: 'x'.repeat(3_000) },
      file('a', 'read', { ['y'.repeat(2_000)]: 1 }),
    ]) {
      const answer = await batchExecute.perform({ operations: Array.from({ length: 5_000 }, () => operation) }, host, {})
      assert.is(answer.isError, true)
      assert.ok(textOf(answer).length <= 10_000, `${textOf(answer).length} characters`)
      assert.match(textOf(answer), /and \d+ more faults/)
    }
  }))

test('what is no object at all is refused in words', () =>
  withHost({}, async (host) => {
    const answer = await batchExecute.perform(undefined, host, {})
    assert.is(answer.isError, true)
    assert.match(textOf(answer), 'The call needs "operations".\nbatch_execute {"operations":[')
  }))

test('describe gives one operation type in full, a family briefly, and says what is unknown', () =>
  withHost({}, async (host) => {
    const one = await batchStatus.perform({ describe: ['file.edit'] }, host, {})
    const [edit] = one.structuredContent['operations'] as readonly {
      readonly name: string
      readonly params: { readonly required: unknown }
    }[]
    assert.is(edit?.name, 'file.edit')
    assert.equal(edit?.params.required, ['path', 'edits'])
    const family = await batchStatus.perform({ describe: ['file.*', 'nothing.*'] }, host, {})
    assert.is((family.structuredContent['operations'] as readonly object[]).length, 14)
    assert.equal(family.structuredContent['unknown'], ['nothing.*'])
    assert.match(textOf(family), 'nothing is called: nothing.*; there are file.*, http.*')
  }))

test('a dry run shows what waits for what and why, and does nothing', () =>
  withHost({ allowPrograms: ['node'] }, async (host, root) => {
    const run = { id: 'test', type: 'shell', operation: 'run', params: { command: ['node', '--test'], cwd: 'app' } }
    const operations = [
      file('dir', 'mkdir', { path: 'app' }),
      file('pkg', 'write', { path: 'app/package.json', content: '{}' }),
      file('src', 'write', { path: 'app/index.js', content: '' }),
      run,
      file('log', 'write', { path: 'app/log.txt', content: { $ref: 'test.stdout' } }),
      file('count', 'glob', { cwd: 'app', pattern: '*' }, { dependencies: ['dir'] }),
    ]
    const answer = await batchExecute.perform({ operations, dryRun: true }, host, {})
    assert.is(
      textOf(answer),
      [
        'The plan is good; nothing was done. 6 operations, concurrency 6, longest chain 5.',
        'dir file.mkdir',
        'pkg file.write after dir (app)',
        'src file.write after dir (app)',
        'test shell.run after pkg (app/package.json), src (app/index.js)',
        'log file.write after test ($ref)',
        'count file.glob after log (app/log.txt)',
      ].join('\n'),
    )
    assert.is(answer.structuredContent['status'], 'planned')
    assert.equal(await readdir(root), [])
  }))

test('the settings by which the predecessor knows them are taken', () =>
  withHost({}, async (host) => {
    const config = { maxConcurrency: 2, timeoutMs: 5_000, retryAttempts: 1, enableDependencyResolution: false, trackPerformance: false }
    const missing = file('r', 'read', { path: 'missing' }, { timeout: 1_000 })
    const answer = await batchExecute.perform({ operations: [missing], config }, host, {})
    assert.match(textOf(answer), /^1 of 1 failed/)
    const twice = await batchExecute.perform({ operations: [missing], concurrency: 3, config }, host, {})
    assert.match(textOf(twice), 'config.maxConcurrency: "maxConcurrency" is another name for "concurrency", and both are given.')
  }))

test.run()
