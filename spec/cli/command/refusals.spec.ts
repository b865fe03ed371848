import { readdirSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from './millrace.js'

const test = suite('millrace refuses')

const faulty = `name: five faults
operations:
  - id: dir
    type: file
    operation: mkdir
    params: { path: made }
  - id: copy
    type: file
    operation: wirte
    params: { path: made/x }
  - id: dir
    type: shell
    operation: run
    params: { command: node --version }
    dependencies: [biuld]
  - type: file
    operation: read
    parms: { path: x }
`

test('a plan with five faults: each with its place and the way out, and nothing on disk', () =>
  inFolder({ 'plan.yaml': faulty }, async (cwd) => {
    for (const command of ['run', 'plan']) {
      const { code, stdout, stderr } = await millrace([command, 'plan.yaml'], { cwd })
      assert.is(code, 2, stderr)
      assert.is(stdout, '')
      assert.match(stderr, /^plan\.yaml:9:16: operations\[1\]\.operation: no operation type is called "file\.wirte"\.$/m)
      assert.match(stderr, /^ {2}Did you mean "file\.write"\?/m)
      assert.match(stderr, /^plan\.yaml:11:9: operations\[2\]\.id: "dir" is already the id of operations\[0\]\.$/m)
      assert.match(stderr, /^plan\.yaml:14:24: operations\[2\]\.params\.command: expected a list of the program and its arguments/m)
      assert.match(stderr, /^plan\.yaml:15:20: operations\[2\]\.dependencies\[0\]: no operation is called "biuld"\.$/m)
      assert.match(stderr, /^plan\.yaml:18:5: operations\[3\]\.parms: there is no field "parms" here\.$/m)
      assert.match(stderr, /\n\d+ faults; nothing was done\.\n$/)
      assert.equal(readdirSync(cwd), ['plan.yaml'])
    }
  }))

test('of very many faults the first 100 are listed, and all are counted', () =>
  inFolder({}, async (cwd) => {
    const operations = Array.from({ length: 300 }, () => ({ type: 'file', operation: 'read', params: { path: 1 } }))
    const { code, stderr } = await millrace(['run', '-'], { cwd, stdin: JSON.stringify(operations) })
    assert.is(code, 2)
    assert.is(stderr.match(/^stdin:1:\d+: operations/gm)?.length, 100)
    assert.ok(stderr.endsWith('\n… and 200 more faults.\n300 faults; nothing was done.\n'))
  }))

test('a fault of JSON from stdin is placed too', () =>
  inFolder({}, async (cwd) => {
    const { code, stderr } = await millrace(['run', '-'], { cwd, stdin: '{\n  "operations": [],\n  "nmae": "x"\n}' })
    assert.is(code, 2)
    assert.ok(stderr.startsWith('stdin:3:3: nmae: there is no field "nmae" here.\n  Did you mean "name"?'), stderr)
    assert.ok(stderr.endsWith('\n1 fault; nothing was done.\n'))
  }))

test('a plan that is not there', () =>
  inFolder({}, async (cwd) => {
    const { code, stderr } = await millrace(['run', 'plan.yml'], { cwd })
    assert.is(code, 2)
    assert.is(stderr, 'The plan could not be read: plan.yml: there is no such file.\n1 fault; nothing was done.\n')
  }))

test('a root that is not there, or no folder, before the plan is read', () =>
  inFolder({ file: '' }, async (cwd) => {
    const absent = await millrace(['run', 'plan.yml', '--root', 'absent'], { cwd })
    assert.equal(absent, {
      code: 2,
      stdout: '',
      stderr: 'error: --root absent: there is no such folder. Make it first, or name another.\n',
    })
    const file = await millrace(['run', 'plan.yml', '--root', '.', '--root', 'file'], { cwd })
    assert.equal(file, { code: 2, stdout: '', stderr: 'error: --root file: this is not a folder. Name a folder.\n' })
  }))

test('nothing in a fault can move the cursor', () =>
  inFolder({}, async (cwd) => {
    const { stderr } = await millrace(['run', '-'], { cwd, stdin: JSON.stringify({ operations: [], 'a\u001b[2J': 1 }) })
    assert.not.match(stderr, '\u001b')
  }))

const usage: readonly (readonly [readonly string[], string])[] = [
  [['rn'], "error: unknown command 'rn'\n(Did you mean run?)\n"],
  [['build.yaml'], 'error: unknown command \'build.yaml\'\nTo run a plan: "millrace run build.yaml".\n'],
  [['my plans/b.json'], "error: unknown command 'my plans/b.json'\nTo run a plan: \"millrace run 'my plans/b.json'\".\n"],
  [['run', 'p', '--concurency', '3'], "error: unknown option '--concurency'\n(Did you mean --concurrency?)\n"],
  [['run'], 'error: This folder has none of millrace.yaml, millrace.yml, millrace.json. Name the plan by its path, such as plan.yaml\n'],
  [
    ['run', 'p', '--concurrency', '0'],
    "error: option '--concurrency <n>' argument '0' is invalid. It must be a whole number from 1 to 100000.\n",
  ],
  [
    ['run', 'p', '--on-failure', 'stop'],
    "error: option '--on-failure <policy>' argument 'stop' is invalid. Allowed choices are continue, no-new, cancel, rollback.\n",
  ],
  [['run', 'p', '--events', '--json'], "error: option '--events' cannot be used with option '--json'\n"],
  [['completion', 'tcsh'], "error: command-argument value 'tcsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n"],
]

for (const [args, expected] of usage)
  test(`bad usage with exit 2: ${args.join(' ')}`, () =>
    inFolder({}, async (cwd) => assert.equal(await millrace(args, { cwd }), { code: 2, stdout: '', stderr: expected })))

test('no command at all: the help, on stderr, with exit 2', () =>
  inFolder({}, async (cwd) => {
    const { code, stdout, stderr } = await millrace([], { cwd })
    assert.is(code, 2)
    assert.is(stdout, '')
    assert.match(stderr, /^Usage: millrace/)
  }))

test('to serve a root that is not there', () =>
  inFolder({}, async (cwd) => {
    const { code, stdout, stderr } = await millrace(['mcp', '--root', 'nowhere'], { cwd })
    assert.equal(
      [code, stdout, stderr],
      [2, '', 'millrace mcp: --root nowhere: there is no such folder. Make it first, or name another.\n'],
    )
  }))

test('help that is asked for is on stdout, with exit 0, and tells the exit codes', () =>
  inFolder({}, async (cwd) => {
    for (const args of [['--help'], ['run', '--help'], ['help', 'plan']]) {
      const { code, stdout, stderr } = await millrace(args, { cwd })
      assert.is(code, 0)
      assert.is(stderr, '')
      assert.match(stdout, 'Exit codes:')
      assert.match(stdout, 'Examples:')
    }
  }))

test.run()
