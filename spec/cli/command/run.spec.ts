import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace, node, parsed, timed } from './millrace.js'

const test = suite('millrace run')

const write = (id: string, path: string, settings: object = {}): object => ({
  id,
  type: 'file',
  operation: 'write',
  params: { path, content: id },
  ...settings,
})

test('all succeeded: exit 0, the report on stdout, plain lines on stderr', () =>
  inFolder(
    { 'plan.json': { name: 'two', operations: [write('a', 'a.txt'), write('b', 'b.txt', { dependencies: ['a'] })] } },
    async (cwd) => {
      const { code, stdout, stderr } = await millrace(['run', 'plan.json'], { cwd })
      assert.is(code, 0, stderr)
      assert.match(
        stdout,
        timed(
          /^✓ a +TIME\n✓ b +TIME\n\ntwo: both operations succeeded in TIME\.\nOn average [\d.]+ operations ran at once, of at most 6\.\n$/,
        ),
      )
      assert.match(stderr, timed(/^two: 2 operations, at most 6 at once\.\nok {8}a \(TIME\)\nok {8}b \(TIME\)\n$/))
      assert.is(await readFile(join(cwd, 'a.txt'), 'utf8'), 'a')
    },
  ))

test('a failure: exit 1, and the report begins with its cause', () =>
  inFolder(
    { 'plan.json': [node('bad', 'console.error("why"); process.exit(3)', { id: 'bad' }), write('next', 'n', { dependencies: ['bad'] })] },
    async (cwd) => {
      const { code, stdout } = await millrace(['run', 'plan.json', '--quiet'], { cwd })
      assert.is(code, 1)
      assert.ok(
        stdout.startsWith(`✗ bad failed: node exited with code 3.
  stderr:
  │ why
  Because of it, 1 operation was skipped: next.
  Details: millrace show `),
        stdout,
      )
      assert.match(
        stdout,
        timed(
          /\n✗ bad {3}TIME {2}failed\n⊘ next {2,}skipped because of a failure\n\n0 of 2 operations succeeded, 1 failed, 1 was skipped, in /,
        ),
      )
      assert.not(existsSync(join(cwd, 'n')))
    },
  ))

test('a skip by its own gate leaves the run fine: exit 0', () =>
  inFolder({ 'plan.json': [write('a', 'a'), write('b', 'b', { dependencies: ['a'], when: 'any-failed' })] }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--quiet'], { cwd })
    assert.is(code, 0)
    assert.match(stdout, 'Skipped because its condition did not hold: b.\n')
  }))

test('a plan may come from stdin, as YAML', () =>
  inFolder({}, async (cwd) => {
    const stdin = 'operations:\n  - {type: file, operation: write, params: {path: x, content: y}}\n'
    const { code, stdout } = await millrace(['run', '-', '--quiet'], { cwd, stdin })
    assert.is(code, 0)
    assert.match(stdout, /^the operation succeeded in/)
    assert.is(await readFile(join(cwd, 'x'), 'utf8'), 'y')
  }))

test('--events: every line of stdout is one event, in order, and nothing else is there', () =>
  inFolder({ 'plan.json': [write('a', 'a'), node('b', 'console.log("x"); console.error("y")')] }, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--events'], { cwd })
    assert.is(code, 0)
    const told = parsed(stdout)
    assert.equal(
      told.map(({ seq }) => seq),
      told.map((_, index) => index),
    )
    assert.is(told[0]?.['type'], 'run-started')
    assert.is(told.at(-1)?.['type'], 'run-finished')
    assert.is(told.filter(({ type }) => type === 'operation-succeeded').length, 2)
    assert.match(stderr, 'ok        a (')
  }))

test('--json: the summary and every outcome, in the order of the plan, with the values it asks for', () =>
  inFolder(
    {
      'plan.json': {
        returns: ['b'],
        operations: [
          node('slow', 'setTimeout(() => {}, 100)'),
          write('b', 'b'),
          { type: 'file', operation: 'read', params: { path: 'absent' } },
          write('d', 'd', { dependencies: ['op3'] }),
        ],
      },
    },
    async (cwd) => {
      const { code, stdout, stderr } = await millrace(['run', 'plan.json', '--json', '--quiet'], { cwd })
      assert.is(code, 1)
      assert.is(stderr, '')
      const document = JSON.parse(stdout) as { ok: boolean; counts: object; operations: readonly { [key: string]: unknown }[] }
      assert.is(document.ok, false)
      assert.equal(document.counts, { total: 4, succeeded: 2, failed: 1, skipped: 1, cancelled: 0 })
      assert.equal(
        document.operations.map(({ id, name, outcome }) => [id, name, outcome]),
        [
          ['slow', 'shell.run', 'succeeded'],
          ['b', 'file.write', 'succeeded'],
          ['op3', 'file.read', 'failed'],
          ['d', 'file.write', 'skipped'],
        ],
      )
      assert.not('value' in document.operations[0]!)
      assert.is((document.operations[1]!['value'] as { path: string }).path, 'b')
      assert.is((document.operations[2]!['error'] as { type: string }).type, 'not-found')
      assert.equal(document.operations[3]!['because'], ['op3'])
    },
  ))

test('flags stand in for what the plan says', () =>
  inFolder(
    { 'plan.json': { concurrency: 5, operations: [node('a', 'setTimeout(() => {}, 60000)'), write('b', 'sub/b')] } },
    async (cwd) => {
      const { code, stdout } = await millrace(['run', 'plan.json', '--json', '--quiet', '--concurrency', '1', '--timeout', '300'], { cwd })
      assert.is(code, 1)
      const document = JSON.parse(stdout) as { concurrency: number; stoppedBy: object; operations: readonly { outcome: string }[] }
      assert.is(document.concurrency, 1)
      assert.equal(document.stoppedBy, { type: 'run-timeout', timeoutMs: 300 })
      assert.equal(
        document.operations.map(({ outcome }) => outcome),
        ['cancelled', 'cancelled'],
      )
    },
  ))

test('--on-failure no-new starts nothing after a failure', () =>
  inFolder({ 'plan.json': { concurrency: 1, operations: [node('bad', 'process.exit(1)'), node('other', '0')] } }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--quiet', '--on-failure', 'no-new'], { cwd })
    assert.is(code, 1)
    assert.match(stdout, 'Not started, because onFailure starts no more operations after a failure: other.\n')
    assert.match(stdout, 'No more operations were started after the failure of bad.\n')
  }))

test('--root is where paths start, and what they cannot leave', () =>
  inFolder({ 'plan.json': [write('a', 'a'), write('up', '../up')] }, async (cwd) => {
    await mkdir(join(cwd, 'one'))
    const { code } = await millrace(['run', 'plan.json', '--quiet', '--root', 'one'], { cwd })
    assert.is(code, 1)
    assert.ok(existsSync(join(cwd, 'one/a')))
    assert.not(existsSync(join(cwd, 'up')))
  }))

test('--allow-program narrows what may be started', () =>
  inFolder({ 'plan.json': [node('a', '0')] }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--quiet', '--allow-program', 'git'], { cwd })
    assert.is(code, 1)
    assert.match(stdout, '✗ a failed: command[0]: the program "node" is not allowed in this run. Allowed: git.')
  }))

test('colours are forced by FORCE_COLOR, and taken away by --no-color', () =>
  inFolder({ 'plan.json': [write('a', 'a')] }, async (cwd) => {
    const forced = await millrace(['run', 'plan.json'], { cwd, env: { FORCE_COLOR: '1' } })
    assert.match(forced.stdout, '\u001b[32m')
    assert.match(forced.stderr, '\u001b[32m')
    const plain = await millrace(['run', 'plan.json', '--no-color'], { cwd, env: { FORCE_COLOR: '1' } })
    assert.not.match(plain.stdout + plain.stderr, '\u001b')
  }))

const chatty = [node('lint', 'console.log("3 warnings")'), node('bad', 'console.error("why"); process.exit(3)')]

test('elsewhere than on a terminal each operation is followed by what it gave out', () =>
  inFolder({ 'plan.json': chatty }, async (cwd) => {
    const { stderr } = await millrace(['run', 'plan.json'], { cwd })
    assert.match(stderr, timed(/^ok {8}lint \(TIME\)\n {2}│ 3 warnings$/m))
    assert.match(stderr, timed(/^failed {4}bad \(TIME\).*\n {2}│ why$/m))
  }))

test('--output stream, failed and none', () =>
  inFolder({ 'plan.json': chatty }, async (cwd) => {
    const [stream, failed, none] = await Promise.all(
      ['stream', 'failed', 'none'].map((mode) => millrace(['run', 'plan.json', '--output', mode], { cwd })),
    )
    assert.match(stream!.stderr, /^lint +│ 3 warnings$/m)
    assert.match(stream!.stderr, /^bad +│ why$/m)
    assert.not.match(failed!.stderr + failed!.stdout, '│ 3 warnings')
    assert.match(failed!.stdout, '│ why')
    assert.not.match(none!.stderr + none!.stdout, '│')
  }))

test('a coding agent reads the report alone, with the command to go on with', () =>
  inFolder({ 'plan.json': chatty }, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['run', 'plan.json'], { cwd, env: { CLAUDECODE: '1' } })
    assert.is(code, 1)
    assert.is(stderr, '')
    assert.match(stdout, /│ why\n {2}Details: millrace show [0-9a-f]{8} bad\n/)
    assert.not.match(stdout, '3 warnings')
  }))

test.run()
