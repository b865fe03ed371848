import { readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node } from './millrace.js'

const test = suite('millrace plan')

const plan = {
  name: 'site',
  concurrency: 2,
  pools: { web: 1 },
  operations: [
    { id: 'page', type: 'file', operation: 'write', params: { path: 'page.html', content: 'x' } },
    { id: 'copy', type: 'file', operation: 'read', params: { path: 'page.html' }, priority: 'high' },
    node('lint', '0', { pool: 'web', retry: { attempts: 3 }, timeoutMs: 5_000 }),
    node('test', '0', { dependencies: ['copy'] }),
    node('build', '0', { dependencies: ['test'], when: 'settled' }),
  ],
}

test('shows what waits for what and why, what has no order, the longest chain, and does nothing', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['plan', 'plan.json'], { cwd })
    assert.is(stderr, '')
    assert.is(
      stdout,
      `site: 5 operations, at most 2 at once.
After a failure, only its dependents are skipped.
Pools: web (at most 1 at once).
Edges: 2 explicit, 1 by effect, 5 to keep the order of the list.

page   file.write  (high priority)
copy   file.read  (high priority)
  after page (effect: writes page.html, which "copy" reads)
lint   shell.run  (pool web, at most 5.0 s, up to 3 attempts)
  after page (order: writes page.html, inside the root, where "lint" works)
  after copy (order: reads page.html, inside the root, where "lint" works)
test   shell.run
  after copy (explicit: "test" lists it in its dependencies)
  after page (order: writes page.html, inside the root, where "test" works)
build  shell.run  (when settled)
  after test (explicit: "build" lists it in its dependencies)
  after page (order: writes page.html, inside the root, where "build" works)
  after copy (order: reads page.html, inside the root, where "build" works)

In no particular order with test and build: lint.
Their effects are not declared: add "dependencies" where the order matters.
Longest chain: page → copy → test → build (4 operations).
At concurrency 2 it takes at least as long as 4 operations in a row.

With "onFailure": "rollback" these could not be undone: lint, test and build.
`,
    )
    assert.is(code, 0)
    assert.equal(readdirSync(cwd), ['plan.json'])
  }))

test('--json tells programs the same', () =>
  inFolder({ 'plan.json': plan }, async (cwd) => {
    const { code, stdout } = await millrace(['plan', 'plan.json', '--json'], { cwd })
    assert.is(code, 0)
    const told = JSON.parse(stdout) as { operations: readonly { id: string; waitsFor: readonly object[] }[]; [key: string]: unknown }
    assert.equal(
      told.operations.map(({ id }) => id),
      ['page', 'copy', 'lint', 'test', 'build'],
    )
    assert.equal(told.operations[1]!.waitsFor, [{ id: 'page', kind: 'effect', why: 'writes page.html, which "copy" reads' }])
    assert.equal(told['longestChain'], ['page', 'copy', 'test', 'build'])
    assert.is(told['leastRounds'], 4)
    assert.equal(told['cannotBeUndone'], ['lint', 'test', 'build'])
    assert.equal(told['unordered'], [
      { id: 'lint', with: ['test', 'build'] },
      { id: 'test', with: ['lint'] },
      { id: 'build', with: ['lint'] },
    ])
  }))

test('of a large plan the beginning is shown, unless --all is asked for', () =>
  inFolder(
    { 'plan.json': Array.from({ length: 100 }, (_, index) => ({ type: 'file', operation: 'mkdir', params: { path: `d${index}` } })) },
    async (cwd) => {
      const short = await millrace(['plan', 'plan.json'], { cwd })
      assert.match(short.stdout, '… and 40 more operations; --all shows every one.\n')
      assert.not.match(short.stdout, 'op100')
      const long = await millrace(['plan', 'plan.json', '--all'], { cwd })
      assert.match(long.stdout, 'op100')
      assert.not.match(long.stdout, '--all')
    },
  ))

test('says that a pool has a limit which the concurrency never lets it reach', () =>
  inFolder(
    { 'plan.json': { pools: { api: { limit: 20 }, db: 2, mail: { perSecond: 3 } }, operations: [node('a', '0', { pool: 'api' })] } },
    async (cwd) => {
      const { code, stdout } = await millrace(['plan', 'plan.json'], { cwd })
      assert.match(stdout, 'Limits that are never reached, because the run has 6 slots: api. Raise "concurrency" to use them.\n')
      assert.is(code, 0)
      const json = await millrace(['plan', 'plan.json', '--json'], { cwd })
      assert.equal((JSON.parse(json.stdout) as { unreachedPools: unknown }).unreachedPools, ['api'])
    },
  ))

test('schema: prints the JSON Schema of a plan', () =>
  inFolder({}, async (cwd) => {
    const { code, stdout } = await millrace(['schema'], { cwd })
    assert.is(code, 0)
    const { title, required } = JSON.parse(stdout) as { title: string; required: readonly string[] }
    assert.is(title, 'millrace plan')
    assert.equal(required, ['operations'])
  }))

test('draws loops, conditions, services, inputs and titles as people would', () =>
  inFolder(
    {
      'plan.yaml': `inputs: { port: 3000, password: '', targets: [a, b] }
operations:
  - { id: db, type: shell.run, service: true, ready: { port: { $input: port } }, params: { command: ['true'] } }
  - id: web
    type: shell.run
    service: true
    ready: { url: { $template: 'http://localhost:{{$input.port}}/' } }
    dependencies: [db]
    params: { command: ['true'] }
  - { id: api, type: shell.run, service: true, ready: { line: up }, dependencies: [db], params: { command: ['true'] } }
  - { id: test, title: Test each target, type: shell.run, each: { $input: targets }, dependencies: [web], params: { command: [echo, { $ref: api.url }] } }
  - { id: found, type: file.search, params: { text: TODO } }
  - { id: read, type: file.read, each: { $ref: found.paths }, params: { path: { $item: '' } } }
  - { id: ship, type: shell.run, if: { $ref: 'test[0].stdout', not: no }, params: { command: ['true'] } }
  - { id: late, type: shell.run, if: { $input: port, in: [1, 2] }, params: { command: ['true'] } }
`,
    },
    async (cwd) => {
      const { code, stdout, stderr } = await millrace(['plan', 'plan.yaml', '--set', 'port=4000', '--set', 'password=pq-17-zz'], { cwd })
      assert.is(code, 0, stderr)
      for (const line of [
        'Inputs: port = 4000, password = "[secret]" and targets = ["a","b"]. Change one with --set NAME=VALUE.',
        'db     shell.run  (service, ready when port 4000 accepts connections)',
        'web    shell.run  (service, ready when http://localhost:4000/ answers)',
        '  after db is ready (explicit: "web" lists it in its dependencies)',
        'api    shell.run  (service, ready when it writes a line with "up")',
        'test   shell.run  Test each target  (once for each of 2 items)',
        '  after api is ready (reference: "test" refers to its result)',
        'read   file.read  (once for each item of found.paths)',
        'ship   shell.run  (only if test[0].stdout is not "no")',
        'late   shell.run  (only if the input port is one of 1, 2)',
      ])
        assert.match(stdout, line)
      assert.not.match(stdout, 'pq-17-zz')
      const document = JSON.parse((await millrace(['plan', 'plan.yaml', '--json'], { cwd })).stdout) as {
        readonly inputs: unknown
        readonly operations: readonly { readonly id: string; readonly service?: unknown; readonly condition?: unknown }[]
      }
      assert.equal(document.inputs, { port: 3000, password: '[secret]', targets: ['a', 'b'] })
      assert.equal(document.operations[0]!.service, { readyWhen: 'port 3000 accepts connections' })
      assert.is(document.operations[6]!.condition, 'test[0].stdout is not "no"')
    },
  ))

test('titles are what people see of a run; commands and documents have ids', () =>
  inFolder(
    {
      'plan.json': {
        operations: [
          { ...node('b', 'process.exit(1)'), title: 'Build it' },
          { ...node('t', '0', { dependencies: ['b'] }), title: 'Test it' },
        ],
      },
    },
    async (cwd) => {
      const { stdout, stderr } = await millrace(['run', 'plan.json'], { cwd })
      assert.match(stderr, 'skipped   Test it: it needs Build it.')
      assert.match(stdout, 'Build it failed')
      assert.match(stdout, 'Test it.')
      const [, command = ''] = /Details: millrace (.*)/.exec(stdout) ?? []
      assert.match(command, / b$/)
      const shown = await millrace(command.split(' '), { cwd })
      assert.match(shown.stdout, 'b Build it (shell.run) failed')
      assert.match((await millrace(['show', 'last'], { cwd })).stdout, 'Build it failed')
      const document = JSON.parse((await millrace(['run', 'plan.json', '--json'], { cwd })).stdout) as {
        readonly operations: readonly object[]
      }
      const [first] = document.operations as readonly { readonly id: string; readonly title: string }[]
      assert.equal([first!.id, first!.title], ['b', 'Build it'])
    },
  ))

test.run()
