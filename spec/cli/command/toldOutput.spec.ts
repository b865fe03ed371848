import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inFolder, millrace } from './millrace.js'

const test = suite('what programs that did not succeed had written, for people and in --json')

const sh = (id: string, script: string, more: object = {}, params: object = {}): object => ({
  id,
  type: 'shell',
  operation: 'run',
  params: { command: ['sh', '-c', script], ...params },
  ...more,
})
const lines = `i=0; while [ $i -lt 60 ]; do echo "out $i"; echo "err $i" >&2; i=$((i+1)); done`

const failed: readonly (readonly [title: string, plan: object, ...says: readonly string[]])[] = [
  ['ended by a signal', [sh('a', 'echo "1) expected 3"; echo warning >&2; kill -SEGV $$')], '1) expected 3', 'warning'],
  [
    'tried again: of its last attempt',
    [sh('a', 'echo x >> n; echo "try $(wc -l < n | tr -d " ")"; exit 1', { retry: { attempts: 3, delayMs: 1 } })],
    'try 3',
  ],
  ['both streams in turn, to the last line of each', [sh('a', `${lines}; exit 1`)], 'out 59', 'err 59', 'out 30', 'err 30'],
  ['bytes that are no UTF-8', [sh('a', 'printf "gr\\303\\274n \\344 end\\n"; exit 2')], 'grün \ufffd end'],
  ['output that was meant for a file', [sh('a', 'echo "one of it"; exit 1', {}, { stdoutTo: 'o.txt' })], 'one of it'],
]

async function tells(plan: object, says: readonly string[]): Promise<void> {
  const people = inFolder({ 'plan.json': plan }, async (cwd) => {
    const { code, stdout } = await millrace(['run', 'plan.json', '--no-log', '-q'], { cwd })
    assert.is(code, 1)
    for (const text of says) assert.match(stdout, text)
  })
  const programs = inFolder({ 'plan.json': plan }, async (cwd) => {
    const json = await millrace(['run', 'plan.json', '--no-log', '-q', '--json'], { cwd })
    const { operations } = JSON.parse(json.stdout) as { operations: readonly [{ error?: object; output?: object }] }
    const { error, output } = operations[0]
    const { stdout = '', stderr = '' } = (error ?? output) as { stdout?: string; stderr?: string }
    for (const text of says) assert.match(stdout + stderr, text)
  })
  await Promise.all([people, programs])
}

for (const [title, plan, ...says] of failed) test(title, () => tells(plan, says))

test('out of its own time, or out of that of the run', async () => {
  // Long enough for a shell to start, however busy the machine is.
  const timeoutMs = 10_000
  const waiting = 'echo "waiting for db"; sleep 60'
  const plans = [[sh('a', waiting, { timeoutMs })], { timeoutMs, operations: [sh('a', waiting)] }]
  await Promise.all(plans.map((plan) => tells(plan, ['waiting for db'])))
})

test('a secret is not told by the place where the output is cut', () => {
  const filler = (count: number): string => `head -c ${count} /dev/zero | tr "\\\\0" a`
  const plan = [
    sh(
      'a',
      `${filler(4_090)}; echo "$TOKEN"; ${filler(30_000)}; echo "$TOKEN tail"; exit 2`,
      {},
      { env: { TOKEN: { $secret: 'SPEC_TOKEN' } } },
    ),
  ]
  return inFolder({ 'plan.json': plan }, async (cwd) => {
    for (const flags of [[], ['--json']]) {
      const { stdout } = await millrace(['run', 'plan.json', '--no-log', '-q', ...flags], { cwd, env: { SPEC_TOKEN: 'sup3rs3cr3tvalue' } })
      assert.match(stdout, 'tail')
      assert.not.match(stdout, /sup3r|s3cr3t|value/)
    }
  })
})

test.run()
