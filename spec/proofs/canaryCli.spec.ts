import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from '../cli/command/millrace.js'
import { canary, shows } from './canary.js'

const test = suite('secrets on the command line')

const env = { MILLRACE_SPEC_CANARY: canary }
const secret = { $secret: 'MILLRACE_SPEC_CANARY' }

/** Prints what it is given in every way, cut in pieces, on both streams; then fails, or not. */
const chatter = `
const { argv, stdout, stderr, env } = process
for (const secret of [argv[1], env.API_KEY, env.GIVEN]) {
  const bytes = Buffer.from(secret)
  const ways = [secret, JSON.stringify({ secret }), encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('base64'),
    Buffer.from('a' + secret).toString('base64'), Buffer.from('ab' + secret).toString('base64url')]
  for (const way of ways) {
    stdout.write('out ' + way.slice(0, 7)); stderr.write('err ' + way.slice(0, 9))
    await new Promise((resolve) => setTimeout(resolve, 2))
    stdout.write(way.slice(7) + '\\n'); stderr.write(way.slice(9) + '\\n')
  }
}
process.exitCode = Number(argv[2])
`

const program = (id: string, code: string): object => ({
  id,
  type: 'shell',
  operation: 'run',
  params: {
    command: [process.execPath, '--input-type=module', '-e', chatter, secret, code],
    env: { API_KEY: canary, GIVEN: secret },
  },
})

const plan = {
  concurrency: 1,
  operations: [
    program('fine', '0'),
    program('failing', '1'),
    { id: 'kept', type: 'file', operation: 'write', params: { path: 'kept', content: secret } },
    { id: 'read', type: 'file', operation: 'read', params: { path: 'kept' } },
    { id: 'copied', type: 'file', operation: 'write', params: { path: 'copied', content: { $template: '{{read.content}}' } } },
    { id: 'named', type: 'file', operation: 'read', params: { path: { $template: 'absent/{{read.content}}' } } },
    {
      id: 'asked',
      type: 'http',
      operation: 'request',
      params: { url: 'http://127.0.0.1:1/', headers: { authorization: canary, 'x-api-key': secret } },
    },
  ],
}

function allFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile())
}

const sinks: readonly (readonly [string, readonly string[]])[] = [
  ['for people', []],
  ['--events', ['--events']],
  ['--json', ['--json']],
  ['--quiet', ['--quiet']],
]
for (const [name, flags] of sinks)
  test(`millrace run ${name} shows it nowhere, and leaves it only where the plan puts it`, () =>
    inFolder({ 'plan.json': plan }, async (folder) => {
      const { code, stdout, stderr } = await millrace(['run', 'plan.json', ...flags], { cwd: folder, env })
      assert.is(code, 1, stderr)
      // There was something to hide.
      if (flags.length > 0 && name !== '--quiet') assert.match(stdout, '[secret]')
      assert.not(shows(stdout), stdout)
      assert.not(shows(stderr), stderr)
      assert.is(readFileSync(join(folder, 'kept'), 'utf8'), canary)
      assert.is(readFileSync(join(folder, 'copied'), 'utf8'), canary, 'what was passed on is what it was')
      for (const path of allFilesIn(folder))
        if (!['plan.json', 'kept', 'copied'].includes(path)) assert.not(shows(readFileSync(join(folder, path), 'latin1')), path)
    }))

for (const flags of [[], ['--json'], ['--all']])
  test(`millrace plan ${flags.join(' ')} shows nothing of what stands in such fields`, () =>
    inFolder({ 'plan.json': plan }, async (folder) => {
      const { code, stdout, stderr } = await millrace(['plan', 'plan.json', ...flags], { cwd: folder, env })
      assert.is(code, 0, stderr)
      assert.not(shows(stdout + stderr), stdout + stderr)
    }))

test('a plan that is refused shows nothing of it', () =>
  inFolder(
    {
      'wrong.json': { operations: [{ type: 'shell', operation: 'run', params: { command: 5, env: { PASSWORD: canary } }, token: canary }] },
      'wrong.yaml': `operations:\n  - type: http\n    operation: request\n    params:\n      url: 5\n      headers: { authorization: '${canary}' }\n      password: '${canary}'\n`,
    },
    async (folder) => {
      for (const file of ['wrong.json', 'wrong.yaml'])
        for (const command of ['run', 'plan']) {
          const { code, stdout, stderr } = await millrace([command, file], { cwd: folder, env })
          assert.is(code, 2)
          assert.not(shows(stdout + stderr), stdout + stderr)
        }
    },
  ))

test.run()
