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
A failure stops only what needs it.
Pools: web (at most 1 at once).
Edges: 2 asked for, 1 by effect, 5 to keep the order of the list.

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
Their effects are not declared: give them "dependencies" where the order matters.
Longest chain: page → copy → test → build (4 operations).
With 2 at once it takes at least as long as 4 operations one after another.

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
      assert.match(stdout, 'Limits that are never reached, since the run has 6 slots: api. Raise "concurrency" to use them.\n')
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

test.run()
